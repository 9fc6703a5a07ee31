"""How far the demonstration has been played: written in the very deeds that play it, so it cannot be wrong."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base


class DemoStep(Base):
    """One step of the demonstration."""

    __tablename__ = "demo_step"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    # How many of the step's deeds are done; each deed raises it in its own transaction.
    done: Mapped[int] = mapped_column(default=0)
    finished: Mapped[bool] = mapped_column(default=False)
    milliseconds: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class DemoOutcome(Base):
    """What one deed of a step amounted to, by the number it has in the files: kept to be compared."""

    __tablename__ = "demo_outcome"

    step: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String(80))
