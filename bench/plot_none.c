/* Where there is no Cairo. */
#include "grid.h"

const char *grid_plot(const char *path, const struct grid_point *points, int count)
{
    (void)path;
    (void)points;
    (void)count;
    return "this program was built without Cairo";
}
