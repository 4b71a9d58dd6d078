"""pandas: tables in and out by engines that are named by strings, styles by a template, plotting by a backend's name."""
import io

import pandas as pd

TABLE = pd.DataFrame({"k": ["a", "b", "a", None], "v": [1.5, 2.0, None, 4.0], "d": pd.date_range("2026-01-30", periods=4, freq="ME")})


def groups_and_merges():
    sums = TABLE.groupby("k", dropna=False).v.agg(["sum", "count"]).reset_index()
    return sums.merge(TABLE, on="k", how="outer").astype(str).values.tolist()


def writes_and_reads_excel():
    out = io.BytesIO()
    TABLE.to_excel(out, index=False)
    return pd.read_excel(io.BytesIO(out.getvalue())).astype(str).values.tolist()


def styles_a_table():
    return TABLE.drop(columns="d").style.format(precision=1, na_rep="-").set_uuid("x").to_html(), TABLE.to_latex(index=False)


def resamples_with_time_zones():
    series = pd.Series(range(6), pd.date_range("2026-03-28", periods=6, freq="12h", tz="Europe/Berlin"))
    return series.resample("D").sum().astype(str).to_dict().__repr__(), str(series.index[3].tz_convert("Asia/Kathmandu"))


def tests_with_its_own_helpers():
    pd.testing.assert_frame_equal(TABLE, TABLE.copy())
    try:
        pd.testing.assert_series_equal(TABLE.v, TABLE.v + 1)
    except AssertionError as error:
        return str(error).splitlines()[0]


def parses_everything():
    text = "a;b;c\n1,5;x;2026-01-02\n;y;\n"
    table = pd.read_csv(io.StringIO(text), sep=";", decimal=",", parse_dates=["c"])
    return table.dtypes.astype(str).to_dict(), table.to_json(date_format="iso"), pd.read_json(io.StringIO('[{"x":1}]')).to_dict()


def plots_by_backend_name():
    import matplotlib
    matplotlib.use("agg")
    axes = TABLE.plot(x="d", y="v", kind="bar", title="t")
    return type(axes).__name__, [t.get_text() for t in axes.get_xticklabels()]


def evaluates_expressions():
    return TABLE.eval("v * 2").dropna().tolist(), TABLE.query("v > 1.6").k.astype(str).tolist()
