"""The picture trees: what is in them, writing them, and verifying a destination against them."""

import dataclasses
import datetime
import functools
import hashlib
import os
import random
import shutil

import servers

FIRST_DAY = datetime.datetime(2011, 7, 14, tzinfo=datetime.timezone.utc)
SECONDS_A_DAY = 24 * 60 * 60
RANDOM_SEED = 20110714
SHIFT_RANGE = 64 * 1024


@dataclasses.dataclass(frozen=True)
class Picture:
    path: str
    bytes: int
    seconds: int
    """The modified time, seconds since 1970: the capture time in the name, read as UTC."""


@dataclasses.dataclass(frozen=True)
class Tree:
    """The pictures of one archive. Sparse pictures have a size but no content and use no disk."""

    name: str
    pictures: tuple
    sparse: bool

    @property
    def disk_bytes(self):
        return 0 if self.sparse else sum(picture.bytes for picture in self.pictures)

    @functools.cached_property
    def digests(self):
        """The checksum of each picture by its path."""
        return {
            picture.path: hashlib.blake2b(self.content(index, picture)).digest()
            for index, picture in enumerate(self.pictures)
        }

    def content(self, index, picture):
        """A picture's bytes, unlike any other's: its name between JPEG markers, then noise."""
        head = b"\xff\xd8\xff\xe0" + picture.path.encode()
        tail = b"\xff\xd9"
        start = index * 7919 % SHIFT_RANGE
        return head + self.noise[start : start + picture.bytes - len(head) - len(tail)] + tail

    @functools.cached_property
    def noise(self):
        longest = max(picture.bytes for picture in self.pictures)
        return random.Random(RANDOM_SEED).randbytes(longest + SHIFT_RANGE)

    def without_every(self, step):
        """The tree that lacks its first picture and every step-th after it."""
        kept = tuple(p for index, p in enumerate(self.pictures) if index % step)
        return dataclasses.replace(self, name=f"{self.name}-without-every-{step}", pictures=kept)


def archive(name, count, days):
    """A sparse archive of 100 to 300 KB pictures, spread evenly over day folders."""
    pictures = []
    for day in range(days):
        of_this_day = count // days + (day < count % days)
        for number in range(of_this_day):
            second = number * SECONDS_A_DAY // of_this_day
            size = 100_000 + len(pictures) * 7919 % 200_001
            pictures.append(picture_at(day * SECONDS_A_DAY + second, size))
    return Tree(name, tuple(pictures), sparse=True)


def day(name, count, size):
    """One day folder of pictures that have content."""
    step = SECONDS_A_DAY // count
    return Tree(name, tuple(picture_at(i * step, size) for i in range(count)), sparse=False)


def picture_at(offset_seconds, size):
    time = FIRST_DAY + datetime.timedelta(seconds=offset_seconds)
    return Picture(f"{time:%Y%m%d}/{time:%Y%m%d%H%M%S}.jpg", size, int(time.timestamp()))


def write(tree, folder):
    """Writes the tree into a folder that holds nothing else afterwards."""
    clear(folder)
    made = set()
    for index, picture in enumerate(tree.pictures):
        path = folder / picture.path
        if path.parent not in made:
            path.parent.mkdir()
            servers.give_to_server(path.parent)
            made.add(path.parent)
        with open(path, "wb", buffering=0) as file:
            if tree.sparse:
                file.truncate(picture.bytes)
            else:
                file.write(tree.content(index, picture))
        os.utime(path, (picture.seconds, picture.seconds))


def clear(folder):
    """Leaves an empty folder that the server may write into."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    servers.give_to_server(folder)


def difference(tree, folder):
    """How the folder differs from the tree, in words, or None: names, sizes, contents."""
    expected = {picture.path: picture.bytes for picture in tree.pictures}
    found = sizes(folder)
    missing = expected.keys() - found.keys()
    foreign = found.keys() - expected.keys()
    common = expected.keys() & found.keys()
    other_size = {path for path in common if expected[path] != found[path]}
    other_content = set()
    if not tree.sparse:
        for path in common - other_size:
            content = (folder / path).read_bytes()
            if hashlib.blake2b(content).digest() != tree.digests[path]:
                other_content.add(path)
    kinds = {
        "missing": missing,
        "not in the source": foreign,
        "of another size": other_size,
        "of other content": other_content,
    }
    words = [f"{len(paths)} {kind} ({min(paths)})" for kind, paths in kinds.items() if paths]
    return ", ".join(words) or None


def sizes(folder):
    """The size of each file below the folder by its path, hidden ones included."""
    found = {}
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    path = os.path.relpath(entry.path, folder)
                    found[path] = entry.stat(follow_symlinks=False).st_size
    return found
