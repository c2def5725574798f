#pragma once
#include <_types.h>
#include <sys/select.h>
__BEGIN_DECLS
struct timezone { int tz_minuteswest; int tz_dsttime; };
int gettimeofday(struct timeval *now, void *zone);
__END_DECLS
