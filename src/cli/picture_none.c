/* The program built without Cairo. */
#include "picture.h"

#include "report.h"

bool picture_available(void)
{
    return false;
}

static int refuse(const char *path)
{
    return report_failure("%s: this program was built without pictures (Debian: libcairo2-dev)", path);
}

int picture_write(const char *path, const struct history *history, const struct dataset *set,
                  const struct score *score, const struct names *classes)
{
    (void)history, (void)set, (void)score, (void)classes;
    return refuse(path);
}

int picture_write_chart(const char *path, const struct chart *chart)
{
    (void)chart;
    return refuse(path);
}
