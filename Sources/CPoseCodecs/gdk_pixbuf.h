// SPDX-License-Identifier: Apache-2.0
// The functions of gdk-pixbuf 2 that are used, as its reference manual has them. Written down here, and not
// included: its headers are found only through pkg-config, whose flags the package manager warns of. The binary
// interface is that of all versions since 2.4.
#ifndef GDK_PIXBUF_H
#define GDK_PIXBUF_H

#include <stddef.h>
#include <stdint.h>

typedef struct GdkPixbufLoader GdkPixbufLoader;
typedef struct GdkPixbuf GdkPixbuf;

typedef struct GError {
    uint32_t domain;
    int code;
    char *message;
} GError;

// Of the domain gdk_pixbuf_error_quark().
enum { GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY = 1 };

extern const char *const gdk_pixbuf_version;
uint32_t gdk_pixbuf_error_quark(void);
GdkPixbufLoader *gdk_pixbuf_loader_new_with_type(const char *type, GError **error);
void gdk_pixbuf_loader_set_size(GdkPixbufLoader *loader, int width, int height);
int gdk_pixbuf_loader_write(GdkPixbufLoader *loader, const unsigned char *bytes, size_t count, GError **error);
int gdk_pixbuf_loader_close(GdkPixbufLoader *loader, GError **error);
GdkPixbuf *gdk_pixbuf_loader_get_pixbuf(GdkPixbufLoader *loader);
int gdk_pixbuf_get_width(const GdkPixbuf *picture);
int gdk_pixbuf_get_height(const GdkPixbuf *picture);
int gdk_pixbuf_get_rowstride(const GdkPixbuf *picture);
int gdk_pixbuf_get_n_channels(const GdkPixbuf *picture);
const uint8_t *gdk_pixbuf_read_pixels(const GdkPixbuf *picture);
unsigned long g_signal_connect_data(void *instance, const char *signal, void (*callback)(void), void *context,
                                    void (*destroy)(void *, void *), int flags);
void g_object_unref(void *object);
void g_clear_error(GError **error);

#endif
