"""Trains small models, keeps them with joblib, and predicts."""
import io

import joblib
import numpy
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

MODELS = {"logistic": lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=200)),
          "forest": lambda: RandomForestClassifier(20, random_state=1), "boosting": lambda: GradientBoostingClassifier(n_estimators=10, random_state=1),
          "svm": lambda: make_pipeline(PCA(2), SVC())}


def train(event):
    x, y = datasets.load_iris(return_X_y=True)
    x_train, x_test, y_train, y_test = train_test_split(x, y, random_state=3)
    model = MODELS[event["model"]]().fit(x_train, y_train)
    kept = io.BytesIO()
    joblib.dump(model, kept, compress=3)
    kept.seek(0)
    found = joblib.load(kept).predict(x_test)
    return {"accuracy": round(accuracy_score(y_test, found), 6), "confusion": confusion_matrix(y_test, found).tolist(),
            "cross": cross_val_score(model, x, y, cv=3).round(6).tolist()}


def words(event):
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), stop_words="english"), MultinomialNB())
    model.fit(event["texts"], event["kinds"])
    return model.predict(event["asked"]).tolist()


def line(event):
    x = numpy.array(event["x"]).reshape(-1, 1)
    model = Ridge(alpha=0.1).fit(x, event["y"])
    return [round(float(value), 9) for value in (*model.coef_, model.intercept_)]


def handler(event, context):
    return {"train": train, "words": words, "line": line}[event["do"]](event)
