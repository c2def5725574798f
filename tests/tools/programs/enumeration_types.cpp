// Enumerations are numbers of the types that C++ gives them: they wrap, and compare, as these.
#include <cstdio>
#include <cstdint>
enum Plain { P_A, P_B, P_C };
enum Wide { W_A = 1, W_ALL = 0xFFFFFFFF };
enum Fixed : uint8_t { F_A, F_B = 200 };
enum class Scoped { one, two };
enum class Small : unsigned char { low = 3, high = 250 };
struct Row { Plain plain; Wide wide; Fixed fixed; Scoped scoped; Small small; };
static int of(Row &row, int n) {
    row.plain = (Plain)(n % 3);
    row.wide = (Wide)(row.wide & ~W_A);
    row.fixed = (Fixed)(row.fixed + n);
    row.small = static_cast<Small>(static_cast<int>(row.small) + n);
    if (row.plain != P_B && row.scoped == Scoped::one) n++;
    switch (row.wide) { case W_A: n += 100; break; default: n += 1000; }
    return row.plain - 3 < 0 ? n : -n;
}
int main() {
    Row row = {P_B, W_ALL, F_B, Scoped::one, Small::high};
    printf("%d\n", of(row, 77));
    printf("%d %u %d %d\n", row.plain, row.wide, row.fixed, static_cast<int>(row.small));
    return 0;
}
