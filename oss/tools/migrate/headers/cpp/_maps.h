#pragma once
#include <_base.h>
#include <tuple>
#define __PUT typename __put<iterator, several>::type
namespace std {
template <class I, bool several> struct __put { typedef pair<I, bool> type; };
template <class I> struct __put<I, true> { typedef I type; };
}
/* map, multimap, unordered_map, set, multiset and unordered_set differ by their order alone. */
#define __MAP(name, order, many) \
template <class K, class V, class C = order<K>> class name { \
public: \
    static constexpr bool several = many; \
    typedef K key_type; typedef V mapped_type; typedef pair<const K, V> value_type; typedef size_t size_type; \
    typedef __map_iterator<value_type> iterator; typedef __map_iterator<const value_type> const_iterator; \
    typedef __back_iterator<value_type> reverse_iterator; \
    name() __UNSEEN explicit name(const C &order) { __builtin_unreachable(); } name(initializer_list<value_type> values) { __builtin_unreachable(); } name(const name &other) { __builtin_unreachable(); } name(name &&other) noexcept { __builtin_unreachable(); } \
    template <class I> name(I first, I last) __UNSEEN \
    ~name() __UNSEEN \
    name &operator=(const name &other) __UNSEEN name &operator=(name &&other) noexcept { __builtin_unreachable(); } \
    name &operator=(initializer_list<value_type> values) __UNSEEN \
    size_t size() const noexcept __UNSEEN bool empty() const noexcept { __builtin_unreachable(); } void clear() noexcept { __builtin_unreachable(); } \
    V &operator[](const K &key) __UNSEEN V &at(const K &key) { __builtin_unreachable(); } const V &at(const K &key) const { __builtin_unreachable(); } \
    size_t count(const K &key) const __UNSEEN iterator find(const K &key) { __builtin_unreachable(); } const_iterator find(const K &key) const { __builtin_unreachable(); } \
    iterator lower_bound(const K &key) __UNSEEN const_iterator lower_bound(const K &key) const { __builtin_unreachable(); } \
    iterator upper_bound(const K &key) __UNSEEN const_iterator upper_bound(const K &key) const { __builtin_unreachable(); } \
    pair<iterator, iterator> equal_range(const K &key) __UNSEEN \
    iterator begin() noexcept __UNSEEN const_iterator begin() const noexcept { __builtin_unreachable(); } \
    iterator end() noexcept __UNSEEN const_iterator end() const noexcept { __builtin_unreachable(); } \
    const_iterator cbegin() const noexcept __UNSEEN const_iterator cend() const noexcept { __builtin_unreachable(); } \
    reverse_iterator rbegin() noexcept __UNSEEN reverse_iterator rend() noexcept { __builtin_unreachable(); } \
    __PUT insert(const value_type &value) __UNSEEN \
    template <class A, class B> __PUT insert(const pair<A, B> &value) __UNSEEN \
    template <class I> void insert(I first, I last) __UNSEEN \
    void insert(initializer_list<value_type> values) __UNSEEN \
    template <class M> pair<iterator, bool> insert_or_assign(const K &key, M &&value) __UNSEEN \
    template <class... Args> __PUT emplace(Args &&...args) __UNSEEN \
    template <class... Args> pair<iterator, bool> try_emplace(const K &key, Args &&...args) __UNSEEN \
    size_t erase(const K &key) __UNSEEN iterator erase(const_iterator at) { __builtin_unreachable(); } iterator erase(iterator at) { __builtin_unreachable(); } \
    iterator erase(const_iterator first, const_iterator last) __UNSEEN \
    void reserve(size_t n) __UNSEEN void swap(name &other) { __builtin_unreachable(); } \
}; \
template <class K, class V, class C> bool operator==(const name<K, V, C> &a, const name<K, V, C> &b) __UNSEEN \
template <class K, class V, class C> bool operator!=(const name<K, V, C> &a, const name<K, V, C> &b) __UNSEEN
#define __SET(name, order, many) \
template <class K, class C = order<K>> class name { \
public: \
    static constexpr bool several = many; \
    typedef K key_type; typedef K value_type; typedef size_t size_type; \
    typedef __set_iterator<const K> iterator; typedef __set_iterator<const K> const_iterator; typedef __back_iterator<const K> reverse_iterator; \
    name() __UNSEEN explicit name(const C &order) { __builtin_unreachable(); } name(initializer_list<K> values) { __builtin_unreachable(); } name(const name &other) { __builtin_unreachable(); } \
    template <class I> name(I first, I last) __UNSEEN \
    ~name() __UNSEEN \
    name &operator=(const name &other) __UNSEEN \
    size_t size() const noexcept __UNSEEN bool empty() const noexcept { __builtin_unreachable(); } void clear() noexcept { __builtin_unreachable(); } \
    reverse_iterator rbegin() const noexcept __UNSEEN reverse_iterator rend() const noexcept { __builtin_unreachable(); } \
    size_t count(const K &key) const __UNSEEN iterator find(const K &key) const { __builtin_unreachable(); } \
    iterator lower_bound(const K &key) const __UNSEEN iterator upper_bound(const K &key) const { __builtin_unreachable(); } \
    pair<iterator, iterator> equal_range(const K &key) const __UNSEEN \
    iterator begin() const noexcept __UNSEEN iterator end() const noexcept { __builtin_unreachable(); } \
    iterator cbegin() const noexcept __UNSEEN iterator cend() const noexcept { __builtin_unreachable(); } \
    __PUT insert(const K &value) __UNSEEN template <class I> void insert(I first, I last) { __builtin_unreachable(); } \
    void insert(initializer_list<K> values) __UNSEEN \
    template <class... Args> __PUT emplace(Args &&...args) __UNSEEN \
    size_t erase(const K &key) __UNSEEN iterator erase(const_iterator at) { __builtin_unreachable(); } \
    iterator erase(const_iterator first, const_iterator last) __UNSEEN \
    void reserve(size_t n) __UNSEEN void swap(name &other) { __builtin_unreachable(); } \
}; \
template <class K, class C> bool operator==(const name<K, C> &a, const name<K, C> &b) __UNSEEN \
template <class K, class C> bool operator!=(const name<K, C> &a, const name<K, C> &b) __UNSEEN
#include <stdexcept>
