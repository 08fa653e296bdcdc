/* The texts of this folder's templates, built into the programs so that a program and the
 * files it writes are always of one version. */
#ifndef GUICHET_BROKER_CONFIG_TEMPLATES_H
#define GUICHET_BROKER_CONFIG_TEMPLATES_H

/* mosquitto.conf.in: everything but the listener beyond loopback. */
extern const char template_mosquitto_conf[];

/* listener-tls.conf.in: the listener of the hall, appended when there is one. */
extern const char template_listener_tls[];

/* acl.in: one section "[kind]" of rights per kind of device. */
extern const char template_acl[];

#endif
