"""SQLAlchemy: dialects by name, an object model in SQLite, and Alembic's migrations found by walking a folder."""
import pathlib
import tempfile

import sqlalchemy as sa
from sqlalchemy import orm


class Base(orm.DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(30))


def stores_and_finds():
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with orm.Session(engine) as session:
        session.add_all([Order(name=n) for n in ("tea", "milk", "bread")])
        session.commit()
        return session.scalars(sa.select(Order.name).where(Order.name.like("%e%")).order_by(Order.name)).all()


def speaks_every_dialect():
    from sqlalchemy.schema import CreateTable
    said = {}
    for name in ("sqlite", "postgresql", "mysql", "oracle", "mssql"):
        dialect = sa.dialects.registry.load(name)()
        said[name] = str(CreateTable(Order.__table__).compile(dialect=dialect)), str(
            sa.select(Order).order_by(Order.id).limit(3).offset(2).compile(dialect=dialect))
    return said


def migrates_with_alembic():
    from alembic import command
    from alembic.config import Config
    folder = pathlib.Path(tempfile.mkdtemp())
    config = Config()
    config.set_main_option("script_location", str(folder / "scripts"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{folder}/x.db")
    config.config_file_name = str(folder / "alembic.ini")
    command.init(config, str(folder / "scripts"))
    env = folder / "scripts/env.py"
    env.write_text(env.read_text().replace("if config.config_file_name is not None:", "if False:"))
    revision = command.revision(config, "first", rev_id="a1")
    made = pathlib.Path(revision.path)
    made.write_text(made.read_text().replace("    pass", "    op.create_table('t', sa.Column('x', sa.Integer))", 1))
    command.upgrade(config, "head")
    return sorted(p.name for p in (folder / "scripts").rglob("*") if p.is_file() and p.suffix != ".pyc"), sa.inspect(
        sa.create_engine(f"sqlite:///{folder}/x.db")).get_table_names()
