/* What a ticket is for, in words. */
#ifndef GUICHET_RUNTIME_ASKED_TEXT_H
#define GUICHET_RUNTIME_ASKED_TEXT_H

#include "core/site.h"
#include "runtime/documents.h"

#define ASKED_TEXT_BYTES ((size_t)(1 + FURTHER_MAX) * (NAME_LENGTH_MAX + 16))

/* "Certificat d’immatriculation × 3 + Permis de conduire". A service that the site no
 * longer has is left out. */
void asked_text(const struct site *site, const struct reply_ticket *ticket,
                enum language language, char ret_text[ASKED_TEXT_BYTES]);

#endif
