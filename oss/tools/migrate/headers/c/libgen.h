#pragma once
#include <_types.h>
__BEGIN_DECLS
char *basename(char *path);
char *dirname(char *path);
__END_DECLS
