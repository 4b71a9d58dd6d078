"""scipy and scikit-learn: special functions, sparse solvers, statistics, data sets that ship inside, models through joblib."""
import io

import numpy as np


def integrates_and_optimises():
    from scipy import integrate, optimize
    return [round(integrate.quad(np.sin, 0, np.pi)[0], 9), round(optimize.brentq(lambda x: x**3 - 2, 0, 2), 9),
            optimize.linprog([-1, -2], A_ub=[[1, 1]], b_ub=[4]).x.round(6).tolist()]


def solves_sparse_systems():
    from scipy.sparse import csc_array, csgraph
    from scipy.sparse.linalg import spsolve
    a = csc_array([[4.0, 1, 0], [1, 3, 1], [0, 1, 2]])
    return spsolve(a, np.array([1.0, 2, 3])).round(9).tolist(), csgraph.shortest_path(a, directed=False).round(6).tolist()


def knows_statistics():
    from scipy import stats
    return [round(float(x), 8) for x in (stats.norm.cdf(1.96), stats.t.ppf(0.975, 7), stats.ttest_ind([1, 2, 3], [2, 3, 5]).pvalue,
                                         stats.kstest([0.1, 0.4, 0.7], "uniform").statistic)]


def knows_special_functions():
    from scipy import special
    return [round(float(x), 10) for x in (special.gamma(4.5), special.jv(1, 2.0), special.erf(0.3), special.ellipk(0.5))]


def loads_the_iris_data_and_learns():
    from sklearn.datasets import load_diabetes, load_iris, load_wine
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import cross_val_score
    iris = load_iris()
    scores = cross_val_score(RandomForestClassifier(10, random_state=0), iris.data, iris.target, cv=3)
    return scores.round(4).tolist(), load_wine().data.shape, load_diabetes().data.sum().round(6).item(), iris.DESCR[:40]


def keeps_a_model():
    import joblib
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    x, y = np.arange(20.0).reshape(-1, 1), np.arange(20) > 9
    out = io.BytesIO()
    joblib.dump(make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y), out)
    return joblib.load(io.BytesIO(out.getvalue())).predict([[3.0], [15.0]]).tolist()


def shows_a_model_as_html():
    from sklearn.linear_model import Ridge
    return "sk-container" in Ridge()._repr_html_()


def lists_all_estimators():
    from sklearn.utils import all_estimators
    return len(all_estimators()), all_estimators()[0][0]
