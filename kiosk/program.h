/* guichet-kiosk as a whole: configuration, link, window, printer and the loop between
 * them. */
#ifndef GUICHET_KIOSK_PROGRAM_H
#define GUICHET_KIOSK_PROGRAM_H

#include "core/error.h"
#include "runtime/command_line.h"
#include "runtime/program_config.h"

struct program_kiosk;

/* Open everything the kiosk needs; signals must be blocked already. A printer that does
 * not work is logged and no failure: numbers are shown. The caller ends it with
 * kiosk_destroy(), which accepts NULL. `options` and `config` outlive it. */
enum status kiosk_create(const struct command_line *options,
                         const struct program_config *config,
                         struct program_kiosk **ret_kiosk, struct error *err);
void kiosk_destroy(struct program_kiosk *kiosk);

/* Give tickets until a signal or the closing of the window. True when it shall start
 * again with its configuration file as it is now (SIGHUP), which is sound; that waits
 * until nobody is at the kiosk and nothing is being printed. */
bool kiosk_run(struct program_kiosk *kiosk);

#endif
