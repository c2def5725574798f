#include <stdio.h>
#include <stdarg.h>
#include <string.h>
enum level { DEBUG, INFO, WARN, ERROR };
static enum level threshold = INFO;
static const char *const names[] = {[DEBUG] = "DEBUG", [INFO] = "INFO", [WARN] = "WARN", [ERROR] = "ERROR"};
static void log_at(enum level lv, const char *file, int line, const char *func, const char *fmt, ...)
{
    va_list args;
    if (lv < threshold) return;
    printf("[%-5s] %s:%d %s(): ", names[lv], file, line, func);
    va_start(args, fmt);
    vprintf(fmt, args);
    va_end(args);
    putchar('\n');
}
#define LOG(lv, ...) log_at(lv, "varlog.c", __LINE__, __func__, __VA_ARGS__)
#define LOG_ERR(fmt, ...) LOG(ERROR, "error: " fmt, ##__VA_ARGS__)
static void work(int n)
{
    LOG(DEBUG, "hidden %d", n);
    LOG(INFO, "n=%d s=%s", n, "text");
    LOG_ERR("plain");
    if (n > 1) LOG_ERR("%d%% %c %5.1f", n, 'x', 2.25);
    else LOG(WARN, "%s", "small");
}
int main(void) { work(1); threshold = DEBUG; work(2); return 0; }
