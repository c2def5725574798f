#pragma once
#include "apr_file_io.h"
