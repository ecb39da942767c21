"""A hash as six short words that two people can compare over the telephone; a help for the ear, never a proof.

The list is our own: 256 everyday words of four to seven letters, told apart by their first three. Six of them show
48 bits, enough to notice that two people have different texts, not enough against somebody who makes two on purpose.
"""

_LIST = """
abbey acorn actor admiral affair agenda alarm amber anchor apple april arrow artist aspen atlas autumn
bacon badge baker bamboo banjo barrel basket beacon berry bicycle bishop blanket bonnet border bottle breeze
bridge bucket butter cabin cactus camel candle captain castle cedar cellar chapel cherry cinema circle clover
coffee comet copper corner cotton cousin cradle crystal curtain daisy dancer debate desert diamond
dinner doctor dolphin donkey dragon drummer eagle earth echo eleven elbow embassy engine evening falcon
farmer feather fiddle finger flower forest fountain fresco friday frog galaxy garden gentle giraffe glacier glove
goblet golden gravel grocer guitar habit hammer harbour hazel helmet hermit hollow honey hotel hunter iceberg
igloo infant island ivory jacket january jelly jigsaw journal jungle kernel kettle kitchen ladder
lagoon lantern laurel lemon library lily linen lizard lobster locket lumber magnet mango maple market meadow
melon memory mirror mitten monday morning mosaic motor mountain museum napkin nectar needle nephew nickel north
notebook novel nurse oasis object ocean october olive onion opera orange orchard otter oval oxygen oyster
paddle palace panda paper parrot pasture peanut pebble pencil pepper piano pigeon pillow pirate planet
pocket poem pottery prairie pudding puppet pyramid quartz queen quilt rabbit radio raven ribbon river rocket
rooster rose ruby saddle salmon sandal saturn season shadow sheriff silver singer sketch slipper sofa spider
spoon square stable studio sugar summer sunday swallow tailor tango tavern temple theatre thunder tiger tomato
topaz tower tractor trumpet tulip turtle tuxedo umbrella uncle valley vanilla velvet violin volcano voyage walnut
window wizard yacht yellow zebra zipper
"""
WORDS = tuple(_LIST.split())
SPOKEN = 6


def in_words(value: str) -> tuple[str, ...]:
    """The six words of a hash given as hexadecimal digits: one for each of its first six bytes.

    Raises ValueError for text that is no hash.
    """
    head = bytes.fromhex(value)[:SPOKEN]
    if len(head) < SPOKEN:
        raise ValueError(f"A hash has more digits than “{value}”.")
    return tuple(WORDS[byte] for byte in head)
