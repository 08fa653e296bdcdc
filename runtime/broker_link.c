/* A link from a configuration; see broker_link.h. */
#include "runtime/broker_link.h"

#include <assert.h>

#include "core/text.h"

/* Longest secret, with the final NUL. */
#define SECRET_BYTES 256

static const char *or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

enum status broker_link_create(const struct broker_config *broker,
                               const struct link_options *form,
                               const struct link_handlers *handlers,
                               struct link **ret_link, struct error *err)
{
    char secret[SECRET_BYTES] = "";
    char will_topic[LINK_TOPIC_MAX + 1];
    if (broker->secret_file[0] != '\0' &&
        program_config_read_secret(broker->secret_file, secret, sizeof(secret), err) !=
            OK) {
        return err->status;
    }
    struct text text;
    text_init(&text, will_topic, sizeof(will_topic));
    text_add(&text, "guichet/v1/%s/%s/%s/status", broker->site, broker->kind, broker->id);
    assert(!text.is_cut); /* ids are bounded */
    struct link_options options = *form;
    options.host = broker->host;
    options.port = (uint16_t)broker->port;
    options.identity = broker->identity;
    options.secret = or_null(secret);
    options.ca_file = or_null(broker->ca_file);
    options.certificate_file = or_null(broker->certificate_file);
    options.key_file = or_null(broker->key_file);
    options.will_topic = will_topic;
    options.will_payload = "{\"online\":false}";
    return link_create(&options, handlers, ret_link, err);
}
