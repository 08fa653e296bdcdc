/* Every limit of Guichet with its reason. A thing beyond its limit is refused with the
 * sentence beside it; nothing is cut in silence.
 *
 * The numbers are sized for the largest hall we know of (60 counters, 3,000 tickets a
 * day) with room to spare, and so that the largest board stays below one MQTT packet of
 * 64 KiB. */
#ifndef GUICHET_CORE_LIMITS_H
#define GUICHET_CORE_LIMITS_H

/* Services of one site: one bit each in a 64-bit set.
 * "too many services: at most 64 per site" */
#define SERVICES_MAX 64

/* Counters of one site. "too many counters: at most 128 per site" */
#define COUNTERS_MAX 128

/* Waiting rooms of one site. "too many halls: at most 16 per site" */
#define HALLS_MAX 16

/* Priority classes of one site, with "none". "too many priority classes: at most 16" */
#define CLASSES_MAX 16

/* Devices without a section of their own size: kiosks, displays, buttons, sources,
 * receptions, supervisors.
 * "too many devices of kind 'kiosk': at most 64" */
#define DEVICES_PER_KIND_MAX 64

/* Tickets of one business day: 20 times a busy prefecture. At the limit taking a ticket
 * is refused (ticket-limit); the day's other commands go on. */
#define TICKETS_PER_DAY_MAX 65536

/* Highest number of a series; four digits are what a board shows legibly. At the limit
 * taking a ticket of that service is refused (number-limit). */
#define TICKET_NUMBER_MAX 9999

/* Contacts of other channels are not kept in memory; the journal bounds them. */

/* Bytes of an id ([a-z0-9-]) without the final NUL: an MQTT topic level that people can
 * read aloud. "'…' is not an id of 1 to 32 characters a-z, 0-9 and -" */
#define ID_LENGTH_MAX 32

/* Bytes of a service's letter(s) as printed before the number. */
#define LETTER_LENGTH_MAX 3

/* Bytes of a displayed name and of the line below it, UTF-8, per language. Names longer
 * than this are not legible on a board at any size. */
#define NAME_LENGTH_MAX   96
#define DETAIL_LENGTH_MAX 160

/* Policies of one site: one for each kind of counter.
 * "too many policies: at most 16 per site" */
#define POLICIES_MAX 16

/* Conditions of one policy, more than anybody can foresee the effect of.
 * "'…' has more than 8 conditions" */
#define CONDITIONS_MAX 8

/* Turns of one service in a round of rule `ratio`; 2520, the least number that 1 to 10
 * divide, places them exactly. "'…' is not a turn count of 1 to 10" */
#define TURNS_MAX 10

/* Weight of a priority class under rule `share`, in percent of an ordinary ticket. */
#define WEIGHT_PERCENT_MAX 1000

/* Highest guard: how often somebody may be overtaken. */
#define OVERTAKEN_MAX 1000

/* Bytes of a reason (pause, call of a chosen ticket): a short sentence, no personal data.
 */
#define REASON_LENGTH_MAX 80

/* Services that stand in for another one where nobody gives it. */
#define FALLBACKS_MAX 4

/* How many others a person who comes back after a no-show may be put behind. */
#define READMIT_AFTER_MAX 50

/* Longest gap after which the next is called, or a service is taken to begin, by itself.
 */
#define AUTO_S_MAX 300

/* How long somebody is left to those who are best at it: an hour, and by default half a
 * minute. */
#define BEST_FIRST_S_MAX     3600
#define BEST_FIRST_S_DEFAULT 30

/* Profiles of one site: what an agent may be there for. "too many profiles: at most 16
 * per site" */
#define PROFILES_MAX 16

/* What agents say of a service they gave: topics in two levels, documents that were
 * missing; and reasons of a pause. More than these nobody finds in a list.
 * "too many topics: at most 96 per site" */
#define SERVICE_TOPICS_MAX 96
#define DOCUMENTS_MAX      48
#define REASONS_MAX        12

/* What one service offers of them: one dialogue shows it all, at every size.
 * "service 'a' has more than 20 products" */
#define PRODUCTS_OFFERED_MAX   20
#define PRECISIONS_OFFERED_MAX 10
#define DOCUMENTS_OFFERED_MAX  11

/* Longest ticket label: letters and number, "AB1234". */
#define LABEL_LENGTH_MAX (LETTER_LENGTH_MAX + 4)

/* Opening ranges of a service on one weekday (morning, afternoon, evening). */
#define HOURS_PER_DAY_MAX 3

/* Events that one command may cause. Closing the day closes at most this many tickets a
 * step and is repeated until nothing is open. */
/* Dates on which a service has hours of their own, and dates on which all are closed. */
#define DATED_HOURS_MAX  16
#define CLOSED_DATES_MAX 64

#define STEP_EVENTS_MAX 16

/* Remarks on one business day, more than anybody reads in a report: one bit each in a
 * 64-bit set. "there are 64 remarks today already" */
#define REMARKS_PER_DAY_MAX 64

/* The rule of bursts: more tickets than this at once, or longer ago, are no burst. */
#define BURST_TICKETS_MAX 100
#define BURST_SECONDS_MAX 3600

/* People whom one message of a kiosk says were turned away. */
#define TURNED_AWAY_MAX 1000

/* Tickets that are kept from one business day to the next: the next day begins with all
 * of them in one transaction, whose events are one message of 64 KiB. Who waits beyond
 * them is closed at night. */
#define KEPT_MAX 80

/* Tickets that one press can change and one undo must put back: the one that was finished
 * and the one that was called. */
#define PRESS_TICKETS_MAX 2

/* How often one service is asked for in a visit: three registrations, say.
 * "'…' is not a quantity of 1 to 9" */
#define QUANTITY_MAX 9

/* Services that a visit still goes to after the present one. */
#define FURTHER_MAX 4

/* Longest delay of a transfer, in seconds. */
#define TRANSFER_AFTER_S_MAX 86400

/* An agent may take back the last press for this long (office time). */
#define UNDO_WITHIN_MS 30000

/* Longest head start of a priority class: a whole day, which means "before everybody"
 * under every policy. */
#define HEAD_START_S_MAX 86400

/* A quoted wait above this is kept as this: a day. */
#define QUOTE_S_MAX 86400

/* Bytes of a command and of any other MQTT payload (broker: max_packet_size 65536). */
#define COMMAND_BYTES_MAX 4096
#define PAYLOAD_BYTES_MAX 64000

#endif
