"""Tables of the imports. The cells of a sheet are kept only from its preview to its loading."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from village.kit.db import Base, BigId, UtcDateTime


class ImportBatch(Base):
    """One uploaded sheet. `sheet` holds the kept columns as JSON, and nothing once it is loaded or given up."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("kind IN ('people', 'exhibitors')", name="kind"),
        CheckConstraint("state IN ('previewed', 'loaded', 'given_up')", name="state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="previewed")
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    encoding: Mapped[str] = mapped_column(String(16))
    sheet: Mapped[bytes | None] = mapped_column(LargeBinary)
    rows: Mapped[int]
    loaded: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
