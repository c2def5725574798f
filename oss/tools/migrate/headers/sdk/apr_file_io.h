#pragma once
#include "apr_pools.h"
#include "apr_time.h"
__BEGIN_DECLS
typedef struct apr_file_t apr_file_t;
typedef apr_int32_t apr_fileperms_t;
typedef int apr_seek_where_t;
typedef struct apr_finfo_s apr_finfo_t;
struct apr_finfo_s {
    int32_t valid;
    apr_off_t size;
    apr_time_t atime;
    apr_time_t mtime;
    apr_time_t ctime;
    const char *fname;
};
enum { APR_APPEND = 8 };
#define APR_APPEND APR_APPEND
enum { APR_BINARY = 32 };
#define APR_BINARY APR_BINARY
enum { APR_BUFFERED = 128 };
#define APR_BUFFERED APR_BUFFERED
enum { APR_CREATE = 4 };
#define APR_CREATE APR_CREATE
enum { APR_CUR = 1 };
#define APR_CUR APR_CUR
enum { APR_END = 2 };
#define APR_END APR_END
enum { APR_EXCL = 64 };
#define APR_EXCL APR_EXCL
enum { APR_FINFO_ATIME = 64 };
#define APR_FINFO_ATIME APR_FINFO_ATIME
enum { APR_FINFO_CTIME = 32 };
#define APR_FINFO_CTIME APR_FINFO_CTIME
enum { APR_FINFO_MTIME = 16 };
#define APR_FINFO_MTIME APR_FINFO_MTIME
enum { APR_FINFO_SIZE = 256 };
#define APR_FINFO_SIZE APR_FINFO_SIZE
enum { APR_GEXECUTE = 16 };
#define APR_GEXECUTE APR_GEXECUTE
enum { APR_GREAD = 64 };
#define APR_GREAD APR_GREAD
enum { APR_GWRITE = 32 };
#define APR_GWRITE APR_GWRITE
enum { APR_LARGEFILE = 16384 };
#define APR_LARGEFILE APR_LARGEFILE
enum { APR_OS_DEFAULT = 4095 };
#define APR_OS_DEFAULT APR_OS_DEFAULT
enum { APR_READ = 1 };
#define APR_READ APR_READ
enum { APR_SET = 0 };
#define APR_SET APR_SET
enum { APR_TRUNCATE = 16 };
#define APR_TRUNCATE APR_TRUNCATE
enum { APR_UEXECUTE = 256 };
#define APR_UEXECUTE APR_UEXECUTE
enum { APR_UREAD = 1024 };
#define APR_UREAD APR_UREAD
enum { APR_UWRITE = 512 };
#define APR_UWRITE APR_UWRITE
enum { APR_WEXECUTE = 1 };
#define APR_WEXECUTE APR_WEXECUTE
enum { APR_WREAD = 4 };
#define APR_WREAD APR_WREAD
enum { APR_WRITE = 2 };
#define APR_WRITE APR_WRITE
enum { APR_WWRITE = 2 };
#define APR_WWRITE APR_WWRITE
apr_status_t apr_dir_make_recursive(const char *path, apr_fileperms_t perm, apr_pool_t *pool);
apr_status_t apr_file_close(apr_file_t *file);
apr_status_t apr_file_gets(char *str, int len, apr_file_t *thefile);
apr_status_t apr_file_info_get(apr_finfo_t *finfo, apr_int32_t wanted, apr_file_t *thefile);
apr_status_t apr_file_open(apr_file_t **newf, const char *fname, apr_int32_t flag, apr_fileperms_t perm, apr_pool_t *pool);
apr_status_t apr_file_read(apr_file_t *thefile, void *buf, apr_size_t *nbytes);
apr_status_t apr_file_remove(const char *path, apr_pool_t *pool);
apr_status_t apr_file_seek(apr_file_t *thefile, apr_seek_where_t where, apr_off_t *offset);
apr_status_t apr_file_write(apr_file_t *thefile, const void *buf, apr_size_t *nbytes);
#define APR_FOPEN_READ APR_READ
#define APR_FOPEN_WRITE APR_WRITE
#define APR_FOPEN_CREATE APR_CREATE
#define APR_FOPEN_APPEND APR_APPEND
#define APR_FOPEN_TRUNCATE APR_TRUNCATE
#define APR_FOPEN_BINARY APR_BINARY
#define APR_FOPEN_EXCL APR_EXCL
#define APR_FOPEN_BUFFERED APR_BUFFERED
#define APR_FOPEN_LARGEFILE APR_LARGEFILE
#define APR_FPROT_UREAD APR_UREAD
#define APR_FPROT_UWRITE APR_UWRITE
#define APR_FPROT_UEXECUTE APR_UEXECUTE
#define APR_FPROT_GREAD APR_GREAD
#define APR_FPROT_GWRITE APR_GWRITE
#define APR_FPROT_GEXECUTE APR_GEXECUTE
#define APR_FPROT_WREAD APR_WREAD
#define APR_FPROT_WWRITE APR_WWRITE
#define APR_FPROT_WEXECUTE APR_WEXECUTE
#define APR_FPROT_OS_DEFAULT APR_OS_DEFAULT
apr_status_t apr_stat(apr_finfo_t *finfo, const char *fname, apr_int32_t wanted, apr_pool_t *pool);
__END_DECLS
