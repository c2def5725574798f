#pragma once
#include <_types.h>
__BEGIN_DECLS
const char *OBJ_nid2sn(int number);
__END_DECLS
