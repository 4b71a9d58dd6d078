"""matplotlib, networkx, shapely, sympy: fonts, styles by name, formats by name, drawings, formulas."""
import io


def draws_in_every_format():
    import matplotlib
    matplotlib.use("agg")
    from matplotlib import pyplot as plt
    sizes = {}
    for style in ("default", "ggplot", "seaborn-v0_8-darkgrid"):
        with plt.style.context(style):
            figure, axes = plt.subplots()
            axes.plot([1, 4, 2], label="$\\alpha^2$")
            axes.legend()
            for kind in ("png", "svg", "pdf"):
                out = io.BytesIO()
                figure.savefig(out, format=kind)
                sizes[style, kind] = len(out.getvalue()) > 3000
    return str(sizes), len(plt.style.available), len(matplotlib.colormaps)


def finds_its_fonts():
    from matplotlib import font_manager
    return font_manager.findfont("DejaVu Sans:bold").rsplit("/", 1)[-1]


def shows_sample_data():
    from matplotlib import cbook
    try:
        return cbook.get_sample_data("grace_hopper.jpg").__class__.__name__
    except Exception as error:
        return type(error).__name__


def walks_graphs():
    import networkx as nx
    graph = nx.karate_club_graph()
    return (nx.shortest_path(graph, 0, 33), round(nx.average_clustering(graph), 8), [len(c) for c in nx.community.greedy_modularity_communities(graph)],
            len(nx.graph_atlas_g()), nx.to_dict_of_lists(nx.petersen_graph())[0])


def cuts_shapes():
    from shapely import wkt
    from shapely.geometry import Point
    return wkt.loads("POLYGON((0 0,4 0,4 4,0 4,0 0))").intersection(Point(4, 4).buffer(1)).area.__round__(6)


def solves_formulas():
    import sympy as sp
    x = sp.symbols("x")
    return (str(sp.integrate(sp.exp(-x**2), (x, -sp.oo, sp.oo))), [str(s) for s in sp.solve(x**3 - x - 1)], sp.latex(sp.sqrt(x) / 2),
            str(sp.parsing.sympy_parser.parse_expr("2*sin(y)**2")), sp.printing.pycode(sp.sin(x) ** 2))


def writes_a_workbook():
    import openpyxl
    from openpyxl.chart import BarChart, Reference
    book = openpyxl.Workbook()
    for row in [(1, 2), (3, 4)]:
        book.active.append(row)
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=2))
    book.active.add_chart(chart, "D1")
    out = io.BytesIO()
    book.save(out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue())).active["B2"].value
