"""What the tool knows of the C library: its prototypes, and the names and macros of its headers."""

from __future__ import annotations

__all__ = ["MACROS", "NUMBERS", "PROTOTYPES"]

PROTOTYPES = """
extern void *NULL; extern FILE *stdin; extern FILE *stdout; extern FILE *stderr; extern const char *__FILE__;
extern const char *__func__; extern const int RAND_MAX; extern const int EXIT_SUCCESS; extern const int EXIT_FAILURE;
extern const int EOF; extern const int INT_MAX; extern const int INT_MIN; extern const unsigned int UINT_MAX;
extern const long LONG_MAX; extern const long LONG_MIN; extern const unsigned long ULONG_MAX;
extern const int INT32_MAX; extern const int INT32_MIN; extern const unsigned int UINT32_MAX;
extern const long INT64_MAX; extern const long INT64_MIN; extern const unsigned long UINT64_MAX;
extern const unsigned long SIZE_MAX; extern const int errno; extern const int F_OK; extern const int R_OK;
extern const int W_OK; extern const int SEEK_SET; extern const int SEEK_CUR; extern const int SEEK_END;
struct stat { long st_size; long st_mtime; long st_mode; }; size_t strlen(const char *s);
int strcmp(const char *a, const char *b); int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b); int strncasecmp(const char *a, const char *b, size_t n);
char *strcpy(char *d, const char *s); char *strncpy(char *d, const char *s, size_t n);
char *strcat(char *d, const char *s); char *strncat(char *d, const char *s, size_t n);
char *strchr(const char *s, int c); char *strrchr(const char *s, int c); char *strstr(const char *s, const char *t);
char *strdup(const char *s); char *strndup(const char *s, size_t n); char *strerror(int e);
void *memcpy(void *d, const void *s, size_t n); void *memmove(void *d, const void *s, size_t n);
void *memset(void *d, int c, size_t n); int memcmp(const void *a, const void *b, size_t n); void *malloc(size_t n);
void *calloc(size_t n, size_t m); void *realloc(void *p, size_t n); void free(void *p);
int printf(const char *fmt, ...); int fprintf(FILE *f, const char *fmt, ...);
int sprintf(char *d, const char *fmt, ...); int snprintf(char *d, size_t n, const char *fmt, ...);
int vsprintf(char *d, const char *fmt, va_list ap); int vsnprintf(char *d, size_t n, const char *fmt, va_list ap);
int vprintf(const char *fmt, va_list ap); int sscanf(const char *s, const char *fmt, ...); int puts(const char *s);
int putchar(int c); int fputs(const char *s, FILE *f); int fflush(FILE *f); void va_start(va_list ap, ...);
void va_end(va_list ap); FILE *fopen(const char *path, const char *mode); int fclose(FILE *f);
size_t fread(void *p, size_t n, size_t m, FILE *f); size_t fwrite(const void *p, size_t n, size_t m, FILE *f);
char *fgets(char *s, int n, FILE *f); int fseek(FILE *f, long o, int w); long ftell(FILE *f);
int access(const char *path, int mode); int remove(const char *path); int unlink(const char *path);
int rename(const char *a, const char *b); int mkdir(const char *path, int mode);
int stat(const char *path, struct stat *s); int atoi(const char *s); long atol(const char *s);
long atoll(const char *s); double atof(const char *s); int abs(int n); long labs(long n); double fabs(double x);
int isdigit(int c); int isalpha(int c); int isalnum(int c); int isspace(int c); int isupper(int c);
int islower(int c); int toupper(int c); int tolower(int c); int rand(void); void srand(unsigned int n);
time_t time(time_t *t); unsigned int sleep(unsigned int n); int usleep(unsigned int n);
char *getenv(const char *name); int system(const char *command); void exit(int code); void abort(void);
void assert(int truth);
"""

NUMBERS = (
    *("RAND_MAX", "EXIT_SUCCESS", "EXIT_FAILURE", "EOF", "INT_MAX", "INT_MIN", "UINT_MAX", "LONG_MAX", "LONG_MIN"),
    *("ULONG_MAX", "INT32_MAX", "INT32_MIN", "UINT32_MAX", "INT64_MAX", "INT64_MIN", "UINT64_MAX", "SIZE_MAX"),
)

MACROS = """
__FUNCTION__ __func__
__PRETTY_FUNCTION__ __func__
true 1
false 0
INT64_C(n) n##L
UINT64_C(n) n##UL
PRId64 "ld"
PRIi64 "ld"
PRIu64 "lu"
PRIx64 "lx"
PRId32 "d"
PRIu32 "u"
APR_SIZE_T_FMT "lu"
APR_SSIZE_T_FMT "ld"
APR_UINT64_T_FMT "lu"
APR_OFF_T_FMT "ld"
APR_PID_T_FMT "d"
"""
