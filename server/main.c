/* guichet-server: the one writer of an office. See docs/architecture.md. */
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/agents_config.h"
#include "runtime/log.h"
#include "runtime/loop.h"
#include "runtime/program_config.h"
#include "runtime/site_config.h"
#include "server/server.h"

#define MODULE "main"

static const char usage[] =
    "usage: guichet-server [--config FILE] [--print-config] [--log LEVEL]\n"
    "The one writer of an office: queue, numbers, journal, estimates. Default file:\n"
    "/etc/guichet/server.conf. SIGHUP reads site.conf again; SIGTERM ends.\n";

struct daemon {
    const char *config_path;
    struct program_config config;
    struct site site; /* as read last */
    struct agents agents;
    struct loop *loop;
    struct loop_signal *signals[3];
    struct server *server;
};

static void handle_end(void *data, int number)
{
    (void)number;
    struct daemon *daemon = data;
    loop_stop(daemon->loop);
}

/* Read site.conf into daemon->site; everything wrong is listed. */
static bool load_site(struct daemon *daemon)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return false;
    }
    enum status status =
        site_config_load(daemon->config.server.site_file, &daemon->site, errors);
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    return status == OK;
}

/* Read agents.conf, where there is one; what is wrong with it leaves the old agents. */
static bool load_agents(struct daemon *daemon)
{
    if (daemon->config.server.agents_file[0] == '\0') {
        return true;
    }
    struct config_errors *errors = config_errors_create();
    struct agents *agents = malloc(sizeof(*agents));
    enum status status =
        errors && agents
            ? agents_config_load(daemon->config.server.agents_file, agents, errors)
            : ERR_LIMIT;
    if (status == OK) {
        daemon->agents = *agents;
    }
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    free(agents);
    return status == OK;
}

static void handle_reload(void *data, int number)
{
    (void)number;
    struct daemon *daemon = data;
    struct error err = {0};
    if (!load_site(daemon)) {
        log_error(MODULE, "the new site.conf is not used; the old one stays in force");
    } else if (server_configure(daemon->server, &daemon->site, &err) != OK) {
        log_failure(MODULE, &err);
    } else {
        log_notice(MODULE, "site.conf read again");
    }
    if (!load_agents(daemon)) {
        log_error(MODULE, "the new agents are not used; the old ones stay");
    }
}

static bool load_config(struct daemon *daemon)
{
    struct config_errors *errors = config_errors_create();
    if (!errors) {
        return false;
    }
    enum status status =
        program_config_load(PROGRAM_SERVER, daemon->config_path, &daemon->config, errors);
    config_errors_print(errors, stderr);
    config_errors_destroy(errors);
    return status == OK && load_site(daemon) && load_agents(daemon);
}

/* Make loop, signals and server. */
static enum status start(struct daemon *daemon, struct error *err)
{
    const struct server_config *config = &daemon->config.server;
    const struct broker_config *broker = &daemon->config.broker;
    char secret[256] = "";
    struct loop_signal **signals = daemon->signals;
    if (loop_create(&daemon->loop, err) != OK ||
        loop_add_signal(daemon->loop, SIGTERM, &signals[0], err, handle_end, daemon) !=
            OK ||
        loop_add_signal(daemon->loop, SIGINT, &signals[1], err, handle_end, daemon) !=
            OK ||
        loop_add_signal(daemon->loop, SIGHUP, &signals[2], err, handle_reload, daemon) !=
            OK ||
        program_config_read_secret(broker->secret_file, secret, sizeof(secret), err) !=
            OK) {
        return err->status;
    }
    struct server_options options = {.loop = daemon->loop,
                                     .site = &daemon->site,
                                     .agents = &daemon->agents,
                                     .journal_path = config->journal,
                                     .reserve_bytes = (size_t)config->reserve_mib << 20,
                                     .broker_host = broker->host,
                                     .broker_port = (uint16_t)broker->port,
                                     .identity = broker->identity,
                                     .secret = secret,
                                     .clock_mode = config->clock_mode,
                                     .clock_factor = config->clock_factor,
                                     .clock_start_ms = config->clock_start_ms};
    return server_create(&options, &daemon->server, err);
}

static int run(struct daemon *daemon)
{
    struct error err = {0};
    int result = 1;
    if (start(daemon, &err) != OK || loop_run(daemon->loop, &err) != OK) {
        log_failure(MODULE, &err);
    } else if (server_failure(daemon->server)) {
        log_failure(MODULE, server_failure(daemon->server));
    } else {
        log_notice(MODULE, "stopped");
        result = 0;
    }
    server_destroy(daemon->server);
    for (size_t i = 0; i < sizeof(daemon->signals) / sizeof(daemon->signals[0]); i++) {
        if (daemon->signals[i]) {
            loop_remove_signal(daemon->loop, daemon->signals[i]);
        }
    }
    return result;
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct daemon *daemon, int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"print-config", no_argument, NULL, 'p'},
                                            {"log", required_argument, NULL, 'l'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    int option;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        if (option == 'c') {
            daemon->config_path = optarg;
        } else if (option == 'p') {
            config_print(program_config_schema(PROGRAM_SERVER), CONFIG_PRINT_INI, stdout);
            return 0;
        } else if (option == 'l' && log_level_find(optarg) != LOG_LEVEL_COUNT) {
            log_start(log_level_find(optarg));
        } else {
            (void)fputs(usage,
                        option == 'h' ? stdout : stderr); /* nothing to do about it */
            return option == 'h' ? 0 : 2;
        }
    }
    return optind == argc ? -1 : 2;
}

int main(int argc, char **argv)
{
    struct daemon *daemon = calloc(1, sizeof(*daemon));
    if (!daemon) {
        return 1;
    }
    daemon->config_path = "/etc/guichet/server.conf";
    int result = read_options(daemon, argc, argv);
    if (result < 0) {
        result = load_config(daemon) ? run(daemon) : 2;
    }
    if (daemon->loop) {
        (void)loop_finish(daemon->loop); /* it names what was left over by itself */
    }
    free(daemon);
    return result;
}
