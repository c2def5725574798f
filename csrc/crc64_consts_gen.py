"""Makes crc64_consts.h: every table and magic constant of the CRC-64 code.

Run `python csrc/crc64_consts_gen.py > csrc/crc64_consts.h` after a change; a test compares the two.

Polynomials over GF(2) modulo P are 64-bit words in reflected form: bit 63 is the coefficient of x^0, bit 0 that of
x^63, so multiplying by x is a shift to the right.
"""

POLY = 0xC96C5795D7870F42  # CRC-64/XZ (ECMA-182), x^64 left out
ONE = 1 << 63  # x^0
BRAIDS = 4  # words that crc64.c has under way at the same time
LANES = 8  # vectors that crc64_clmul.c has under way at the same time


def times_x(a: int, n: int = 1) -> int:
    """a * x^n mod P."""
    for _ in range(n):
        a = (a >> 1) ^ (POLY if a & 1 else 0)
    return a


def times(a: int, b: int) -> int:
    """a * b mod P."""
    product = 0
    for bit in reversed(range(64)):
        if a >> bit & 1:
            product ^= b
        b = times_x(b)
    return product


def zeros_tables(count: int) -> list[list[int]]:
    """Table j: the remainder of each byte value with j zero bytes behind it."""
    tables = [[times_x(byte, 8) for byte in range(256)]]
    for _ in range(count - 1):
        tables.append([(r >> 8) ^ tables[0][r & 255] for r in tables[-1]])
    return tables


def power_tables() -> list[list[int]]:
    """Table i: x^(8 * d * 256^i) for each byte d, the factor that d * 256^i zero bytes multiply a remainder by."""
    tables, step = [], times_x(ONE, 8)
    for _ in range(8):
        powers = [ONE]
        for _ in range(256):
            powers.append(times(powers[-1], step))
        step = powers.pop()
        tables.append(powers)
    return tables


def rows(values: list[int], indent: str = "    ") -> str:
    words = [f"0x{value:016x}" for value in values]
    return "".join(f"{indent}{', '.join(words[i : i + 5])},\n" for i in range(0, len(words), 5))


def rows_of(tables: list[list[int]]) -> str:
    return "".join(f"    {{\n{rows(table, '        ')}    }},\n" for table in tables)


def fold_constants(bits: int) -> str:
    """To move 128 bits forward over `bits` bits. A product of reflected words comes out divided by x, hence - 1."""
    low, high = times_x(ONE, bits + 64 - 1), times_x(ONE, bits - 1)
    return f"#define CRC64_FOLD_{bits}_LOW 0x{low:016x}\n#define CRC64_FOLD_{bits}_HIGH 0x{high:016x}\n"


def header() -> str:
    tables = zeros_tables(8 * BRAIDS)
    powers, braid = rows_of(power_tables()), rows_of(tables[8 * (BRAIDS - 1) :])
    folds = "".join(fold_constants(LANES * width) for width in (128, 256, 512))
    return (
        "/* Made by crc64_consts_gen.py, which says what the values mean. Do not edit. */\n"
        "#ifndef AOS_CRC64_CONSTS_H\n#define AOS_CRC64_CONSTS_H\n\n#include <stdint.h>\n\n"
        f"#define CRC64_POLY 0x{POLY:016x}\n#define CRC64_BRAIDS {BRAIDS}\n#define CRC64_LANES {LANES}\n\n"
        f"{folds}\n"
        f"static const uint64_t crc64_byte_power[8][256] = {{\n{powers}}};\n\n"
        f"static const uint64_t crc64_byte[256] = {{\n{rows(tables[0])}}};\n\n"
        f"static const uint64_t crc64_braid[8][256] = {{\n{braid}}};\n\n#endif\n"
    )


if __name__ == "__main__":
    print(header(), end="")
