#include <stdio.h>
#include <string.h>
#define R 3
#define C 4
static int grid[R][C] = {{1, 2}, {5}, {0, 0, 9, 4}};
static int sum_row(int row[], int n) { int s = 0; while (n--) s += *row++; return s; }
static void transpose(int in[R][C], int out[C][R]) { for (int i = 0; i < R; i++) for (int j = 0; j < C; j++) out[j][i] = in[i][j]; }
int main(void)
{
    int t[C][R];
    char words[3][8] = {"one", "two"};
    int (*p)[C] = grid;
    strcpy(words[2], words[0]);
    words[2][0] = 'O';
    for (int i = 0; i < R; i++) printf("%d ", sum_row(grid[i], C));
    p++;
    (*p)[3] = 77;
    p[1][0] = 8;
    transpose(grid, t);
    for (int i = 0; i < C; i++) { for (int j = 0; j < R; j++) printf("%3d", t[i][j]); printf("\n"); }
    for (int i = 0; i < 3; i++) printf("%s/%zu ", words[i], strlen(words[i]));
    printf("%zu %zu %zu\n", sizeof grid, sizeof grid[0], sizeof words[1]);
    memset(grid, 0, sizeof(grid));
    printf("%d\n", grid[2][3] + *(*(grid + 1) + 3));
    return 0;
}
