"""Units of measure and currencies: which word means which, and which convert exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple


class Unit(NamedTuple):
    """A unit: two units of one family convert by their factors; a family of one converts to nothing."""

    family: str
    factor: Fraction


def _names(text: str) -> list[str]:
    return text.split()


def _table(text: str) -> dict[str, Unit]:
    out: dict[str, Unit] = {}
    for line in text.strip().splitlines():
        family, factor, *names = line.split()
        for name in names:
            out[name.replace("_", " ")] = Unit(family, Fraction(factor))
    return out


CURRENCIES: Final = frozenset({"usd", "eur", "gbp", "jpy", "inr", "rub", "uah", "try", "cny", "chf", "cad", "aud", "krw",
                               "ils", "pln", "sek", "nok", "dkk", "brl", "mxn", "zar"})  # fmt: skip

# family, factor, names (an underscore stands for a space)
UNITS: Final[dict[str, Unit]] = _table("""
share 1/1000 ‰ permille per_mille per_mil per_thousand
share 1/100 percent % pct per_cent percentage
points 1 percentage_point percentage_points pp ppt
points 1/100 basis_point basis_points bps
usd 1 $ usd dollar dollars us$ us_dollar us_dollars american_dollars buck bucks
usd 1/100 cent cents
eur 1 € eur euro euros
gbp 1 £ gbp pound pounds sterling pounds_sterling quid
gbp 1/100 pence penny
jpy 1 ¥ jpy yen
inr 1 ₹ inr rupee rupees
rub 1 ₽ rub ruble rubles rouble roubles
uah 1 ₴ uah hryvnia hryvnias
try 1 ₺ try lira liras
cny 1 cny yuan renminbi
chf 1 chf franc francs swiss_francs
cad 1 cad c$ canadian_dollars
aud 1 aud a$ australian_dollars
krw 1 ₩ krw won
ils 1 shekel shekels
pln 1 zloty zlotys
sek 1 sek kronor krona
nok 1 nok
dkk 1 dkk
zar 1 zar rand
mxn 1 mxn peso pesos
brl 1 brl reais
length 1/1000 mm millimeter millimeters millimetre millimetres
length 1/100 cm centimeter centimeters centimetre centimetres
length 1 m meter meters metre metres
length 1000 km kilometer kilometers kilometre kilometres kms
imperial 1 inch inches
imperial 12 ft foot feet
imperial 36 yd yard yards
imperial 63360 mi mile miles
nautical 1 nautical_mile nautical_miles nmi
area 1 m2 sqm square_meter square_meters square_metre square_metres m^2
area 10000 ha hectare hectares
area 1000000 km2 sq_km square_kilometer square_kilometers square_kilometre square_kilometres km^2
acre 1 acre acres
sqmile 1 square_mile square_miles sq_mi
mass 1/1000 mg milligram milligrams
mass 1 g gram grams gramme grammes
mass 1000 kg kilo kilos kilogram kilograms kilogramme kilogrammes
mass 1000000 t tonne tonnes metric_ton metric_tons
ton 1 ton tons
lb 1 lb lbs
oz 1 oz ounce ounces
volume 1/1000 ml milliliter milliliters millilitre millilitres
volume 1 l liter liters litre litres
gallon 1 gallon gallons
barrel 1 barrel barrels bbl
time 1 second seconds sec secs s
time 60 minute minutes min mins
time 3600 h hr hrs hour hours
time 86400 day days
time 604800 week weeks
time 1209600 fortnight fortnights
months 1 month months
months 12 year years yr yrs
months 120 decade decades
months 1200 century centuries
speed 1 km/h kph kmh kilometers_per_hour kilometres_per_hour kilometers_an_hour kilometres_an_hour
mph 1 mph miles_per_hour miles_an_hour
celsius 1 °c celsius degrees_celsius degree_celsius c degrees_centigrade centigrade
fahrenheit 1 °f fahrenheit degrees_fahrenheit degree_fahrenheit
degree 1 ° degree degrees
knot 1 knot knots
power 1 w watt watts
power 1000 kw kilowatt kilowatts
power 1000000 mw megawatt megawatts
power 1000000000 gw gigawatt gigawatts
energy 1 kwh kilowatt-hours kilowatt_hours
energy 1000 mwh megawatt_hours
energy 1000000 gwh gigawatt_hours
data 1 mb megabyte megabytes
data 1000 gb gigabyte gigabytes
data 1000000 tb terabyte terabytes
""")

# Letters that are a unit only when glued to a figure or asked for: "5 m", "3 l", "7 c".
FAINT: Final = frozenset(
    {"m", "g", "t", "l", "h", "c", "w", "s", "min", "sec", "try", "won", "rand", "buck", "second"}
)

SCALES: Final[dict[str, int]] = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "thousands": 1000,
    "millions": 10**6, "billions": 10**9, "trillions": 10**12, "mn": 10**6, "mln": 10**6, "mio": 10**6, "bn": 10**9,
    "bln": 10**9, "mrd": 10**9, "tn": 10**12, "trn": 10**12, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7,
    "crores": 10**7, "dozen": 12, "score": 20, "k": 1000, "b": 10**9,
}  # fmt: skip
GLUED_SCALES: Final[dict[str, int]] = {"m": 10**6, "mm": 10**6}  # million or metre: the gold decides

# Wordings for one thing counted.
SAME_THING: Final[tuple[frozenset[str], ...]] = tuple(
    frozenset(line.split())
    for line in """drone uav unmanned quadcopter
    warplane plane aircraft jet airplane aeroplane bomber fighter
    missile rocket projectile
    prisoner captive pow detainee inmate
    person people individual human man woman men women inhabitant resident citizen civilian head
    soldier troop serviceman servicemen fighter military
    dead death fatality killed died casualty victim
    injured wounded hurt injury
    child kid children youngster
    police officer policeman policemen cop
    worker employee staff labourer laborer
    ship vessel boat ferry
    car vehicle automobile
    train carriage
    house home dwelling household
    shop store outlet
    firm company business
    vote ballot
    country nation state
    meeting session round talk
    day night
    sailor crew
    demonstrator protester protestor marcher
    student pupil
    union trade""".splitlines()
)

# Wordings that stand for whatever was counted.
ANY_THING: Final = frozenset(
    _names("""total all overall altogether thing item unit piece member case time of them
    these those such more other respectively each apiece""")
)
PEOPLE: Final = frozenset(("person", "people", "individual", "man", "woman", "human"))
_THINGS: Final = frozenset(
    _names("""power water river tower paper letter floor door computer container meter kilometer order border number
    helicopter cluster layer chapter quarter harbor factor tractor motor sector color error mirror reactor monitor elevator
    center corridor shelter chamber tanker trawler freighter bomber fighter cruiser trailer boiler freezer cooler locker
    poster newspaper summer winter hour matter corner finger theater timber rubber""")
)
_PERSON_ENDS: Final = (
    "er",
    "or",
    "ist",
    "ee",
    "ian",
    "ant",
    "ent",
    "man",
    "woman",
    "ive",
    "ic",
    "ot",
    "an",
    "child",
    "pow",
)


def stem(word: str) -> str:
    """A noun without its plural ending, roughly: drones → drone, cities → city."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return {
        "men": "man",
        "women": "woman",
        "children": "child",
        "people": "person",
        "aircraft": "aircraft",
    }.get(word, word)


def same_thing(one: str, two: str) -> bool:
    """Whether the stem `one` may name what the stem `two` names; "people" may name any kind of person."""
    if one == two or any(one in group and two in group for group in SAME_THING):
        return True
    return one in PEOPLE and two.endswith(_PERSON_ENDS) and two not in _THINGS
