"""Records by the hundred thousand: frozen dataclasses that are built several times as fast as usual."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """`dataclass(frozen=True, slots=True, kw_only=True)` with a faster `__init__` of the same parameters.

    The usual one calls `object.__setattr__` for every field, because a frozen class refuses assignments. This one
    lets the new object be of a class with the same slots and nothing to refuse them until its fields are filled.
    Defaults must be plain values; a `__post_init__` would not be called.
    """
    made: type[T] = dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)
    fields = dataclasses.fields(made)  # type: ignore[arg-type]
    names: dict[str, Any] = {f"_{field.name}": field.default for field in fields}
    names["_draft_of"] = type(cls.__name__, (), {"__slots__": tuple(field.name for field in fields)})
    parameters = ", ".join(
        field.name if field.default is dataclasses.MISSING else f"{field.name}=_{field.name}"
        for field in fields
    )
    lines = [
        f"def __init__(self, *, {parameters}):",
        "    kind = self.__class__",
        "    object.__setattr__(self, '__class__', _draft_of)",
        *(f"    self.{field.name} = {field.name}" for field in fields),
        "    self.__class__ = kind",
    ]
    exec("\n".join(lines), names)  # noqa: S102 - as dataclasses does; the text is made of field names alone
    init, usual = names["__init__"], made.__dict__["__init__"]
    init.__qualname__, init.__annotations__ = usual.__qualname__, usual.__annotations__
    setattr(made, "__init__", init)  # noqa: B010 - a plain assignment would be a method of unknown subclasses
    return made
