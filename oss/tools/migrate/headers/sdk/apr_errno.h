#pragma once
#include "apr_general.h"
