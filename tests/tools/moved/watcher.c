/* watcher FOLDER: uploads what is new in a folder, with several threads, until a file called "stop" is there. */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "oss_api.h"
#include "aos_http_io.h"

#define WORKERS 2
#define MOST 64

typedef struct {
    char name[256];
    long size;
} job_t;

static job_t queue[MOST];
static int queued, taken, finished;
static long sent;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static const char *folder;

static int upload(const job_t *job)
{
    aos_pool_t *pool;
    aos_string_t bucket, object, file;
    char path[512];
    int ok;

    aos_pool_create(&pool, NULL);
    oss_request_options_t *options = oss_request_options_create(pool);
    options->config = oss_config_create(pool);
    aos_str_set(&options->config->endpoint, getenv("OSS_ENDPOINT"));
    aos_str_set(&options->config->access_key_id, getenv("OSS_ACCESS_KEY_ID"));
    aos_str_set(&options->config->access_key_secret, getenv("OSS_ACCESS_KEY_SECRET"));
    options->ctl = aos_http_controller_create(pool, 0);
    snprintf(path, sizeof(path), "%s/%s", folder, job->name);
    aos_str_set(&bucket, getenv("OSS_BUCKET"));
    aos_str_set(&object, job->name);
    aos_str_set(&file, path);
    ok = aos_status_is_ok(oss_put_object_from_file(options, &bucket, &object, &file, NULL, NULL));
    if (!ok) fprintf(stderr, "%s was not uploaded\n", job->name);
    aos_pool_destroy(pool);
    return ok;
}

/* a thread: takes one job after the other, until there are none and no more will come */
static void *work(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (taken == queued && !finished) pthread_cond_wait(&changed, &lock);
        if (taken == queued) break;
        job_t *job = &queue[taken++];
        pthread_mutex_unlock(&lock);
        int ok = upload(job);
        pthread_mutex_lock(&lock);
        if (ok) sent += job->size;
    }
    pthread_mutex_unlock(&lock);
    return NULL;
}

static int known(const char *name)
{
    for (int i = 0; i < queued; i++) {
        if (strcmp(queue[i].name, name) == 0) return 1;
    }
    return 0;
}

/* looks once; whether to go on */
static int look(void)
{
    struct dirent *entry;
    struct stat info;
    char path[512];
    int more = 1;
    DIR *dir = opendir(folder);

    if (dir == NULL) {
        perror(folder);
        return 0;
    }
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, "stop") == 0) more = 0;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || strcmp(entry->d_name, "stop") == 0) continue;
        pthread_mutex_lock(&lock);
        if (queued < MOST && !known(entry->d_name)) {
            snprintf(queue[queued].name, sizeof(queue[queued].name), "%s", entry->d_name);
            queue[queued++].size = (long)info.st_size;
            pthread_cond_signal(&changed);
        }
        pthread_mutex_unlock(&lock);
    }
    closedir(dir);
    return more;
}

int main(int argc, char *argv[])
{
    pthread_t threads[WORKERS];

    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    if (aos_http_io_initialize(NULL, 0) != AOSE_OK) return 1;
    for (int i = 0; i < WORKERS; i++) pthread_create(&threads[i], NULL, work, NULL);
    while (look()) usleep(50000);
    pthread_mutex_lock(&lock);
    finished = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < WORKERS; i++) pthread_join(threads[i], NULL);
    printf("%d files, %ld bytes\n", queued, sent);
    aos_http_io_deinitialize();
    return 0;
}
