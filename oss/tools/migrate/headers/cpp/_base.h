#pragma once
/* What most C++ headers need: sizes, iterators, pairs, moving, initializer lists.
   Functions of templates have a body, without which types that have no linkage, such as lambdas, could not be given;
   it calls what it is given, which tells what a generic lambda takes. */
#define __UNSEEN { __builtin_unreachable(); }
#define __ORDERED(name, ...) \
template <__VA_ARGS__> bool operator<(const name &a, const name &b) __UNSEEN \
template <__VA_ARGS__> bool operator>(const name &a, const name &b) __UNSEEN \
template <__VA_ARGS__> bool operator<=(const name &a, const name &b) __UNSEEN \
template <__VA_ARGS__> bool operator>=(const name &a, const name &b) __UNSEEN
#define __THREE(name) name<K, V, C>
#define __TWO(name) name<K, C>
#include <stddef.h>
#include <stdint.h>
namespace std {
using ::size_t;
using ::ptrdiff_t;
typedef decltype(nullptr) nullptr_t;

template <class T> struct remove_reference { typedef T type; };
template <class T> struct remove_reference<T &> { typedef T type; };
template <class T> struct remove_reference<T &&> { typedef T type; };
template <class T> using remove_reference_t = typename remove_reference<T>::type;
template <class T> struct remove_const { typedef T type; };
template <class T> struct remove_const<const T> { typedef T type; };
template <class T> using remove_const_t = typename remove_const<T>::type;
template <class T> using remove_cv_t = typename remove_const<T>::type;
template <class T> struct decay { typedef remove_cv_t<remove_reference_t<T>> type; };
template <class T> using decay_t = typename decay<T>::type;
template <bool B, class T = void> struct enable_if {};
template <class T> struct enable_if<true, T> { typedef T type; };
template <bool B, class T = void> using enable_if_t = typename enable_if<B, T>::type;
template <class T, T V> struct integral_constant { static constexpr T value = V; };
typedef integral_constant<bool, true> true_type;
typedef integral_constant<bool, false> false_type;
template <class A, class B> struct is_same : false_type {};
template <class A> struct is_same<A, A> : true_type {};
template <class A, class B> inline constexpr bool is_same_v = is_same<A, B>::value;
template <class A, class B> struct is_base_of : integral_constant<bool, __is_base_of(A, B)> {};
template <class A, class B> inline constexpr bool is_base_of_v = __is_base_of(A, B);
template <class... Args> using void_t = void;
template <class T> T declval_of();
template <class T> T &&declval() noexcept;

template <class T> constexpr remove_reference_t<T> &&move(T &&value) noexcept { return static_cast<remove_reference_t<T> &&>(value); }
template <class T> constexpr T &&forward(remove_reference_t<T> &value) noexcept { return static_cast<T &&>(value); }
template <class T> constexpr T &&forward(remove_reference_t<T> &&value) noexcept { return static_cast<T &&>(value); }
template <class T> void swap(T &a, T &b) __UNSEEN
template <class T, class U = T> T exchange(T &object, U &&value) __UNSEEN
template <class T> T *addressof(T &value) __UNSEEN

template <class T> class initializer_list {
    const T *first;
    size_t count;
public:
    typedef T value_type;
    constexpr initializer_list() noexcept : first(nullptr), count(0) {}
    constexpr size_t size() const noexcept { return count; }
    constexpr const T *begin() const noexcept { return first; }
    constexpr const T *end() const noexcept { return first + count; }
};

template <class T> struct tuple_size;
template <size_t I, class T> struct tuple_element;

template <class A, class B> struct pair {
    typedef A first_type;
    typedef B second_type;
    A first;
    B second;
    constexpr pair() : first(), second() {}
    constexpr pair(const A &a, const B &b) : first(a), second(b) {}
    template <class C, class D> constexpr pair(C &&a, D &&b) : first(static_cast<C &&>(a)), second(static_cast<D &&>(b)) {}
    template <class C, class D> constexpr pair(const pair<C, D> &other) : first(other.first), second(other.second) {}
    pair(const pair &other) = default;
    pair &operator=(const pair &other) = default;
    pair(pair &&other) = default;
    pair &operator=(pair &&other) = default;
};
template <class A, class B> pair(A, B) -> pair<A, B>;
template <class A, class B> pair<decay_t<A>, decay_t<B>> make_pair(A &&first, B &&second) __UNSEEN
template <size_t I, class A, class B> struct __part;
template <class A, class B> struct __part<0, A, B> { typedef A type; };
template <class A, class B> struct __part<1, A, B> { typedef B type; };
template <size_t I, class A, class B> typename __part<I, A, B>::type &get(pair<A, B> &p) __UNSEEN
template <size_t I, class A, class B> const typename __part<I, A, B>::type &get(const pair<A, B> &p) __UNSEEN
template <class A, class B> bool operator==(const pair<A, B> &a, const pair<A, B> &b) __UNSEEN
template <class A, class B> bool operator!=(const pair<A, B> &a, const pair<A, B> &b) __UNSEEN
template <class A, class B> bool operator<(const pair<A, B> &a, const pair<A, B> &b) __UNSEEN
template <class A, class B> bool operator>(const pair<A, B> &a, const pair<A, B> &b) __UNSEEN
template <class A, class B> bool operator<=(const pair<A, B> &a, const pair<A, B> &b) __UNSEEN
template <class A, class B> bool operator>=(const pair<A, B> &a, const pair<A, B> &b) __UNSEEN

/* Places in lists, in maps, in sets, and those that go backwards. */
template <class T> struct __iterator;
#define __ITERATOR(name) \
template <class T> struct name { \
    typedef T value_type; \
    typedef T &reference; \
    typedef T *pointer; \
    typedef ptrdiff_t difference_type; \
    name() __UNSEEN \
    template <class U> name(const name<U> &other) __UNSEEN __iterator<T> base() const __UNSEEN \
    T &operator*() const __UNSEEN \
    T *operator->() const __UNSEEN \
    T &operator[](ptrdiff_t n) const __UNSEEN \
    name &operator++() __UNSEEN \
    name operator++(int) __UNSEEN \
    name &operator--() __UNSEEN \
    name operator--(int) __UNSEEN \
    name &operator+=(ptrdiff_t n) __UNSEEN \
    name &operator-=(ptrdiff_t n) __UNSEEN \
    name operator+(ptrdiff_t n) const __UNSEEN \
    name operator-(ptrdiff_t n) const __UNSEEN \
    template <class U> ptrdiff_t operator-(const name<U> &other) const __UNSEEN \
    template <class U> bool operator==(const name<U> &other) const __UNSEEN \
    template <class U> bool operator!=(const name<U> &other) const __UNSEEN \
    template <class U> bool operator<(const name<U> &other) const __UNSEEN \
    template <class U> bool operator>(const name<U> &other) const __UNSEEN \
    template <class U> bool operator<=(const name<U> &other) const __UNSEEN \
    template <class U> bool operator>=(const name<U> &other) const __UNSEEN \
};
__ITERATOR(__iterator)
__ITERATOR(__map_iterator)
__ITERATOR(__set_iterator)
__ITERATOR(__list_iterator)
__ITERATOR(__back_iterator)
#undef __ITERATOR
/* One that a constant may be made with. */
template <> struct __iterator<const char> {
    typedef char value_type;
    typedef const char &reference;
    typedef const char *pointer;
    typedef ptrdiff_t difference_type;
    const char *__at;
    constexpr __iterator(const char *at = nullptr) : __at(at) {}
    __iterator(const __iterator<char> &other);
    constexpr const char &operator*() const { return *__at; }
    constexpr const char *operator->() const { return __at; }
    constexpr const char &operator[](ptrdiff_t n) const { return __at[n]; }
    constexpr __iterator &operator++() { ++__at; return *this; }
    constexpr __iterator operator++(int) { return __iterator(__at++); }
    constexpr __iterator &operator--() { --__at; return *this; }
    constexpr __iterator operator--(int) { return __iterator(__at--); }
    constexpr __iterator &operator+=(ptrdiff_t n) { __at += n; return *this; }
    constexpr __iterator &operator-=(ptrdiff_t n) { __at -= n; return *this; }
    constexpr __iterator operator+(ptrdiff_t n) const { return __iterator(__at + n); }
    constexpr __iterator operator-(ptrdiff_t n) const { return __iterator(__at - n); }
    constexpr ptrdiff_t operator-(const __iterator &other) const { return __at - other.__at; }
    constexpr bool operator==(const __iterator &other) const { return __at == other.__at; }
    constexpr bool operator!=(const __iterator &other) const { return __at != other.__at; }
    constexpr bool operator<(const __iterator &other) const { return __at < other.__at; }
    constexpr bool operator>(const __iterator &other) const { return __at > other.__at; }
    constexpr bool operator<=(const __iterator &other) const { return __at <= other.__at; }
    constexpr bool operator>=(const __iterator &other) const { return __at >= other.__at; }
};
template <class C> auto begin(C &c) -> decltype(c.begin()) __UNSEEN
template <class C> auto end(C &c) -> decltype(c.end()) __UNSEEN
template <class T, size_t N> T *begin(T (&array)[N]) __UNSEEN
template <class T, size_t N> T *end(T (&array)[N]) __UNSEEN
template <class C> auto size(const C &c) -> decltype(c.size()) __UNSEEN
template <class T, size_t N> constexpr size_t size(const T (&array)[N]) { return N; }
template <class I> I next(I it, ptrdiff_t n = 1) __UNSEEN
template <class I> I prev(I it, ptrdiff_t n = 1) __UNSEEN
template <class I> void advance(I &it, ptrdiff_t n) __UNSEEN
template <class I> ptrdiff_t distance(I first, I last) __UNSEEN

template <class T = void> struct less { bool operator()(const T &a, const T &b) const __UNSEEN };
template <> struct less<void> { template <class A, class B> bool operator()(const A &a, const B &b) const __UNSEEN };
template <class T = void> struct greater { bool operator()(const T &a, const T &b) const __UNSEEN };
template <> struct greater<void> { template <class A, class B> bool operator()(const A &a, const B &b) const __UNSEEN };
template <class T = void> struct equal_to { bool operator()(const T &a, const T &b) const __UNSEEN };
template <> struct equal_to<void> { template <class A, class B> bool operator()(const A &a, const B &b) const __UNSEEN };
template <class T> struct hash { size_t operator()(const T &value) const __UNSEEN };
template <class T> struct allocator {};
}
