#include <stdio.h>
#include <assert.h>
#include <string.h>
static int half(int n) { assert(n % 2 == 0); return n / 2; }
int main(void) { assert(strlen("ab") == 2 && "length"); printf("%d\n", half(8)); fflush(stdout); half(3); return 0; }
