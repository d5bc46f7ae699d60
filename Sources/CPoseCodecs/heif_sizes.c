// SPDX-License-Identifier: Apache-2.0
// Source: ISO/IEC 14496-12, sections 4.2, 8.11.1, 8.11.3 and 8.11.6; ISO/IEC 23008-12, section 6.6.2 and annex B.2.
#include "heif_sizes.h"

#include "heif_streams.h"

// Items of a file: phones write about a hundred.
enum { MOST_ITEMS = 4096 };
// Bytes of items that are looked at for one byte of the file: items may share bytes, but have no need to.
enum { MOST_SHARING = 4 };

typedef struct span {
    const uint8_t *data;
    size_t size;
} span;

typedef struct box {
    uint32_t type;
    span body;
} box;

#define TYPE(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

// Takes a number of so many bytes; 0 at the end.
static uint64_t take(span *bytes, unsigned count) {
    uint64_t value = 0;
    if (bytes->size < count) count = (unsigned)bytes->size;
    for (unsigned i = 0; i < count; i++) value = value << 8 | bytes->data[i];
    bytes->data += count;
    bytes->size -= count;
    return value;
}

// Takes the next box; one that is cut reaches to the end.
static int next_box(span *bytes, box *box) {
    if (bytes->size < 8) return 0;
    span rest = *bytes;
    uint64_t length = take(&rest, 4), head = 8;
    box->type = (uint32_t)take(&rest, 4);
    if (length == 1) {
        length = take(&rest, 8);
        head = 16;
    }
    if (length == 0 || length > bytes->size) length = bytes->size;
    if (length < head) return 0;
    box->body = (span){rest.data, (size_t)(length - head)};
    bytes->data += length;
    bytes->size -= (size_t)length;
    return 1;
}

// An item's number and what kind of data it is.
typedef struct kind {
    uint32_t id, type;
} kind;

// The parts of a file's description.
typedef struct meta {
    span file, infos, places, inline_data;
    // Pixels that a bitstream or a grid may have.
    uint64_t limit;
    // Items by number.
    kind kinds[MOST_ITEMS];
    unsigned kind_count;
    // Bytes of items that may still be looked at.
    uint64_t bytes_left;
    // Why the file is refused.
    const char *fault;
} meta;

static int refuse(meta *meta, const char *fault) {
    meta->fault = fault;
    return 0;
}

static int compare_kinds(const void *one, const void *other) {
    const uint32_t a = ((const kind *)one)->id, b = ((const kind *)other)->id;
    return (a > b) - (a < b);
}

// Reads what kinds its items are of.
static int take_kinds(meta *meta) {
    span infos = meta->infos;
    box box;
    take(&infos, take(&infos, 4) >> 24 == 0 ? 2 : 4);
    while (next_box(&infos, &box)) {
        span info = box.body;
        const unsigned version = (unsigned)(take(&info, 4) >> 24);
        // Older entries name no kind.
        if (version < 2) continue;
        if (meta->kind_count == MOST_ITEMS) return refuse(meta, "it holds more than 4096 items");
        kind *kind = &meta->kinds[meta->kind_count++];
        kind->id = (uint32_t)take(&info, version == 2 ? 2 : 4);
        take(&info, 2);
        kind->type = (uint32_t)take(&info, 4);
    }
    qsort(meta->kinds, meta->kind_count, sizeof *meta->kinds, compare_kinds);
    for (unsigned i = 1; i < meta->kind_count; i++)
        if (meta->kinds[i].id == meta->kinds[i - 1].id) return refuse(meta, "it describes one item twice");
    return 1;
}

// The sizes that the decoders' settings tell.
static int are_properties_allowed(span properties, uint64_t limit) {
    box container, property;
    while (next_box(&properties, &container)) {
        if (container.type != TYPE('i', 'p', 'c', 'o')) continue;
        while (next_box(&container.body, &property)) {
            const span body = property.body;
            if (property.type == TYPE('h', 'v', 'c', 'C') && !hevc_settings_are_allowed(body.data, body.size, limit))
                return 0;
            if (property.type == TYPE('a', 'v', '1', 'C') && body.size > 4 &&
                !av1_stream_is_allowed(body.data + 4, body.size - 4, limit))
                return 0;
        }
    }
    return 1;
}

// The size that a grid or an overlay says that it has.
static int is_composition_allowed(uint32_t type, span bytes, uint64_t limit) {
    take(&bytes, 1);
    const unsigned count = take(&bytes, 1) & 1 ? 4 : 2;
    take(&bytes, type == TYPE('g', 'r', 'i', 'd') ? 2 : 8);
    const uint64_t width = take(&bytes, count), height = take(&bytes, count);
    return width == 0 || height <= limit / width;
}

static int is_item_allowed(meta *meta, uint64_t id, span bytes) {
    const kind wanted = {(uint32_t)id, 0};
    const kind *kind = bsearch(&wanted, meta->kinds, meta->kind_count, sizeof wanted, compare_kinds);
    if (!kind) return 1;
    const int is_grid = kind->type == TYPE('g', 'r', 'i', 'd') || kind->type == TYPE('i', 'o', 'v', 'l');
    const int is_hevc = kind->type == TYPE('h', 'v', 'c', '1'), is_av1 = kind->type == TYPE('a', 'v', '0', '1');
    if (is_grid) return is_composition_allowed(kind->type, bytes, meta->limit);
    if (!is_hevc && !is_av1) return 1;
    if (bytes.size > meta->bytes_left) return refuse(meta, "many of its items are the same bytes");
    meta->bytes_left -= bytes.size;
    return is_hevc ? hevc_stream_is_allowed(bytes.data, bytes.size, meta->limit)
                   : av1_stream_is_allowed(bytes.data, bytes.size, meta->limit);
}

// Extents of one item, joined; nobody but a hostile file needs more bytes than it has.
typedef struct joined {
    uint8_t *data;
    size_t size;
} joined;

static int append(joined *joined, span bytes, size_t most) {
    if (bytes.size > most - joined->size) return 0;
    uint8_t *data = realloc(joined->data, joined->size + bytes.size + 1);
    if (!data) return 0;
    memcpy(data + joined->size, bytes.data, bytes.size);
    joined->data = data;
    joined->size += bytes.size;
    return 1;
}

static span part(span whole, uint64_t offset, uint64_t length) {
    if (offset >= whole.size) return (span){whole.data, 0};
    const uint64_t left = whole.size - offset;
    return (span){whole.data + offset, (size_t)(length == 0 || length > left ? left : length)};
}

// Bytes of each number in the table of places.
typedef struct widths {
    unsigned offset, length, base, index, id;
    int has_method;
} widths;

static int is_place_allowed(meta *meta, span *places, const widths *widths) {
    const uint64_t id = take(places, widths->id);
    const uint64_t method = widths->has_method ? take(places, 2) & 15 : 0;
    take(places, 2);
    const uint64_t base = take(places, widths->base), count = take(places, 2);
    joined joined = {0};
    int is_allowed = 1;
    for (uint64_t i = 0; i < count && is_allowed && (places->size > 0 || i == 0); i++) {
        if (widths->has_method) take(places, widths->index);
        const uint64_t offset = take(places, widths->offset), length = take(places, widths->length);
        const span whole = method == 1 ? meta->inline_data : meta->file;
        const span extent = part(whole, base + offset, length);
        if (count == 1) return is_item_allowed(meta, id, extent);
        is_allowed = append(&joined, extent, meta->file.size);
    }
    is_allowed = is_allowed && is_item_allowed(meta, id, (span){joined.data, joined.size});
    free(joined.data);
    return is_allowed;
}

static int are_items_allowed(meta *meta) {
    span places = meta->places;
    const unsigned version = (unsigned)(take(&places, 4) >> 24);
    const unsigned sizes = (unsigned)take(&places, 2);
    const widths widths = {sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15, version < 2 ? 2 : 4,
                           version > 0};
    const uint64_t count = take(&places, version < 2 ? 2 : 4);
    if (count > MOST_ITEMS) return refuse(meta, "it holds more than 4096 items");
    for (uint64_t i = 0; i < count && places.size > 0; i++)
        if (!is_place_allowed(meta, &places, &widths)) return 0;
    return 1;
}

// Takes a part that there may be one of; a decoder may read another one than we do.
static int take_part(meta *meta, span *part, span body) {
    if (part->data) return refuse(meta, "its description has a part twice");
    *part = body;
    return 1;
}

static int is_meta_allowed(meta *meta, span body) {
    take(&body, 4);
    box box;
    while (next_box(&body, &box)) {
        int is_allowed = 1;
        if (box.type == TYPE('i', 'i', 'n', 'f')) is_allowed = take_part(meta, &meta->infos, box.body);
        if (box.type == TYPE('i', 'l', 'o', 'c')) is_allowed = take_part(meta, &meta->places, box.body);
        if (box.type == TYPE('i', 'd', 'a', 't')) is_allowed = take_part(meta, &meta->inline_data, box.body);
        if (box.type == TYPE('i', 'p', 'r', 'p')) is_allowed = are_properties_allowed(box.body, meta->limit);
        if (!is_allowed) return 0;
    }
    return take_kinds(meta) && are_items_allowed(meta);
}

pic_status heif_check_sizes(const uint8_t *data, size_t size, uint64_t pixels, char *message) {
    meta *meta = calloc(1, sizeof *meta);
    if (!meta) return pic_out_of_memory(message);
    const span file = {data, size};
    meta->file = file;
    // Blocks and tiles at the edges reach beyond the picture, by less than themselves.
    meta->limit = 4 * pixels + (1 << 20);
    meta->bytes_left = MOST_SHARING * (uint64_t)size;
    meta->fault = "it holds a picture that is much larger than its header says";
    span rest = file, description = {0};
    box box;
    int is_allowed = 1;
    while (is_allowed && next_box(&rest, &box))
        if (box.type == TYPE('m', 'e', 't', 'a'))
            is_allowed = take_part(meta, &description, box.body) && is_meta_allowed(meta, box.body);
    const pic_status status = is_allowed ? PIC_OK : pic_fail(message, meta->fault);
    free(meta);
    return status;
}

int heif_is_sequence(const uint8_t *data, size_t size) {
    // The brands of a file stand in its first box: the main one, a version, and others.
    span rest = {data, size};
    box box;
    if (!next_box(&rest, &box) || box.type != TYPE('f', 't', 'y', 'p')) return 0;
    for (int i = 0; box.body.size >= 4; i++) {
        const uint32_t brand = (uint32_t)take(&box.body, 4);
        if (i == 1) continue;
        if (brand == TYPE('a', 'v', 'i', 's') || brand == TYPE('m', 's', 'f', '1') ||
            brand == TYPE('h', 'e', 'v', 'c') || brand == TYPE('h', 'e', 'v', 'x'))
            return 1;
    }
    return 0;
}
