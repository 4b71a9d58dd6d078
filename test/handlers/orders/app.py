"""Orders in a database, by SQLAlchemy. Here the database is SQLite's; the address of MySQL's chooses pymysql, which is loaded for it."""
import datetime
import decimal

from sqlalchemy import ForeignKey, Numeric, create_engine, func, inspect, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    orders: Mapped[list["Order"]] = relationship(back_populates="customer", order_by="Order.id")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    price: Mapped[decimal.Decimal] = mapped_column(Numeric(10, 2))
    day: Mapped[datetime.date]
    customer: Mapped[Customer] = relationship(back_populates="orders")


ENGINE = create_engine("sqlite://")
Base.metadata.create_all(ENGINE)


def add(event):
    with Session(ENGINE) as session:
        session.add(Customer(name=event["name"], orders=[Order(price=decimal.Decimal(price), day=datetime.date(2026, 1, 2)) for price in event["prices"]]))
        try:
            session.commit()
        except IntegrityError as error:
            return type(error.orig).__name__
        return session.scalar(select(func.count(Order.id)))


def report(event):
    sums = select(Customer.name, func.sum(Order.price), func.count()).join(Order).group_by(Customer.name).having(func.count() >= event["least"])
    with Session(ENGINE) as session:
        customers = session.scalars(select(Customer).options(selectinload(Customer.orders)).order_by(Customer.name)).all()
        return {"sums": [[name, str(total), count] for name, total, count in session.execute(sums)],
                "orders": {customer.name: [str(order.price) for order in customer.orders] for customer in customers},
                "tables": inspect(ENGINE).get_table_names(), "version": bool(session.scalar(text("select sqlite_version()")))}


def statement(event):
    dialect = create_engine(event["url"]).dialect
    return [dialect.name, dialect.driver, str(select(Order).where(Order.price > 3).limit(2).compile(dialect=dialect))]


def connect(event):
    try:
        create_engine("mysql+pymysql://x:y@127.0.0.1:9/db", connect_args={"connect_timeout": 1}).connect()
    except OperationalError as error:
        return error.orig.args[0]


def handler(event, context):
    return {"add": add, "report": report, "statement": statement, "connect": connect}[event["do"]](event)
