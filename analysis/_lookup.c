/* The table of lookup.py, compiled.

   A token of one to four characters of the basic multilingual plane is a number of 64 bits, its
   own key in an open hash table; so most strings are found without being hashed by Python, which
   takes longer than all else for strings that were just made. Other tokens are keys of a dict. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

#define FIRST_BITS 12
#define ROUND 64

#ifdef __GNUC__
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) (void)(address)
#endif

typedef struct {
    uint64_t key;     /* 0: free */
    PyObject *words;  /* a str, a tuple of some, or None: nothing comes out */
} Slot;

typedef struct {
    PyObject_HEAD
    Slot *slots;      /* 1 << bits of them, at most half of them taken */
    int bits;
    size_t taken;
    PyObject *others; /* dict of str to the same */
} Table;

static uint64_t key_of(PyObject *token)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(token);
    int kind = PyUnicode_KIND(token);
    const void *data = PyUnicode_DATA(token);
    uint64_t key = 0;

    /* A NUL at the end would make the keys of two strings equal. */
    if (length < 1 || length > 4 || kind == PyUnicode_4BYTE_KIND
        || !PyUnicode_READ(kind, data, length - 1))
        return 0;
    if (kind == PyUnicode_2BYTE_KIND) { /* with few branches: every string ends in a NUL */
        const Py_UCS2 *signs = data;
        key = (uint64_t)signs[0] << 48 | (uint64_t)signs[1] << 32;
        return length < 3 ? key : key | (uint64_t)signs[2] << 16 | signs[3];
    }
    for (Py_ssize_t i = 0; i < length; i++)
        key |= (uint64_t)PyUnicode_READ(kind, data, i) << (48 - 16 * i);
    return key;
}

static size_t place_of(const Table *self, uint64_t key)
{
    return (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - self->bits)); /* Fibonacci hashing */
}

static Slot *find(const Table *self, uint64_t key)
{
    size_t last = ((size_t)1 << self->bits) - 1;
    size_t i = place_of(self, key);

    while (self->slots[i].key && self->slots[i].key != key)
        i = (i + 1) & last;
    return &self->slots[i];
}

static int grow(Table *self)
{
    Table larger = {.bits = self->bits + 1};

    larger.slots = PyMem_Calloc((size_t)1 << larger.bits, sizeof(Slot));
    if (!larger.slots) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < (size_t)1 << self->bits; i++)
        if (self->slots[i].key)
            *find(&larger, self->slots[i].key) = self->slots[i];
    PyMem_Free(self->slots);
    self->slots = larger.slots;
    self->bits = larger.bits;
    return 0;
}

static int set_item(Table *self, PyObject *token, PyObject *words)
{
    int right = words && PyUnicode_CheckExact(token) && PyTuple_CheckExact(words);

    for (Py_ssize_t i = 0; right && i < PyTuple_GET_SIZE(words); i++)
        right = PyUnicode_CheckExact(PyTuple_GET_ITEM(words, i));
    if (!right) {
        PyErr_SetString(PyExc_TypeError, "a table takes a tuple of str for each str");
        return -1;
    }
    if (PyTuple_GET_SIZE(words) == 0)
        words = Py_None;
    else if (PyTuple_GET_SIZE(words) == 1)
        words = PyTuple_GET_ITEM(words, 0);
    uint64_t key = key_of(token);
    if (!key)
        return PyDict_SetItem(self->others, token, words);
    if (self->taken >= (size_t)1 << (self->bits - 1) && grow(self) < 0)
        return -1;
    Slot *slot = find(self, key);
    self->taken += !slot->key;
    slot->key = key;
    Py_INCREF(words);
    Py_XSETREF(slot->words, words);
    return 0;
}

/* PyList_Append without the call, where the list has room. */
static inline int append(PyListObject *list, PyObject *word)
{
    Py_ssize_t length = Py_SIZE(list);

    if (length >= list->allocated)
        return PyList_Append((PyObject *)list, word);
    Py_INCREF(word);
    PyList_SET_ITEM((PyObject *)list, length, word);
    Py_SET_SIZE(list, length + 1);
    return 0;
}

static inline int append_all(PyListObject *list, PyObject *words)
{
    if (words == Py_None)
        return 0;
    if (!PyTuple_CheckExact(words))
        return append(list, words);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(words); i++)
        if (append(list, PyTuple_GET_ITEM(words, i)) < 0)
            return -1;
    return 0;
}

/* Find what comes out for some tokens in rounds, so that the processor fetches many at once from
   memory that is larger than its caches; return how many were found before one was not. */
static Py_ssize_t find_all(const Table *self, PyObject **tokens, Py_ssize_t count,
                           PyObject **found)
{
    uint64_t keys[ROUND];

    for (Py_ssize_t i = 0; i < count; i++) {
        if (!PyUnicode_CheckExact(tokens[i])) {
            PyErr_Format(PyExc_TypeError, "a token is a str, not %R", tokens[i]);
            return -1;
        }
        keys[i] = key_of(tokens[i]);
        FETCH(&self->slots[place_of(self, keys[i])]);
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        found[i] = keys[i] ? find(self, keys[i])->words
                           : PyDict_GetItemWithError(self->others, tokens[i]);
        if (!found[i])
            return PyErr_Occurred() ? -1 : i;
        FETCH(found[i]);
    }
    return count;
}

static PyObject *extend(Table *self, PyObject *arguments)
{
    PyObject *out, *row, *found[ROUND];
    Py_ssize_t place, wanted, count;

    if (!PyArg_ParseTuple(arguments, "O!O!n", &PyList_Type, &out, &PyList_Type, &row, &place))
        return NULL;
    if (out == row || place < 0)
        return PyErr_Format(PyExc_ValueError, "extend() takes two lists and a place in the second");
    do {
        wanted = Py_MAX(0, Py_MIN(PyList_GET_SIZE(row) - place, ROUND));
        count = find_all(self, ((PyListObject *)row)->ob_item + place, wanted, found);
        for (Py_ssize_t i = 0; i < count; i++)
            if (append_all((PyListObject *)out, found[i]) < 0)
                return NULL;
        if (count < 0)
            return NULL;
        place += count;
    } while (count && count == wanted);
    return PyLong_FromSsize_t(place);
}

static void dealloc(Table *self)
{
    for (size_t i = 0; self->slots && i < (size_t)1 << self->bits; i++)
        Py_XDECREF(self->slots[i].words);
    PyMem_Free(self->slots);
    Py_XDECREF(self->others);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(names))
{
    Table *self = (Table *)type->tp_alloc(type, 0);

    if (!self)
        return NULL;
    self->bits = FIRST_BITS;
    self->slots = PyMem_Calloc((size_t)1 << FIRST_BITS, sizeof(Slot));
    self->others = PyDict_New();
    if (self->slots && self->others)
        return (PyObject *)self;
    Py_DECREF(self);
    return PyErr_NoMemory();
}

static PyMethodDef methods[] = {
    {"extend", (PyCFunction)extend, METH_VARARGS, "See analysis.segmentation.lookup.PlainTable."},
    {NULL, NULL, 0, NULL},
};

static PyMappingMethods mapping = {.mp_ass_subscript = (objobjargproc)set_item};

static PyTypeObject table_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "analysis._lookup.Table",
    .tp_doc = "What comes out for each token; see analysis.segmentation.lookup.PlainTable.",
    .tp_basicsize = sizeof(Table),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = new,
    .tp_dealloc = (destructor)dealloc,
    .tp_methods = methods,
    .tp_as_mapping = &mapping,
};

static PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "_lookup", .m_size = -1};

PyMODINIT_FUNC PyInit__lookup(void)
{
    PyObject *self = PyModule_Create(&module);

    if (self && PyModule_AddType(self, &table_type) < 0)
        Py_CLEAR(self);
    return self;
}
