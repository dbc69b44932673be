using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace TorchSharp.Utils;

/// <summary>A dictionary that is enumerated in the order of insertion, as pairs.</summary>
public class OrderedDict<TKey, TValue> : IEnumerable<(TKey, TValue)> where TKey : notnull
{
    readonly List<TKey> _order = [];
    readonly Dictionary<TKey, TValue> _values = [];

    public int Count => _order.Count;

    public ICollection<TKey> Keys => _order.AsReadOnly();

    public ICollection<TValue> Values => [.. _order.Select(key => _values[key])];

    public TValue this[TKey key]
    {
        get => _values[key];
        set
        {
            if (!_values.ContainsKey(key))
            {
                _order.Add(key);
            }
            _values[key] = value;
        }
    }

    public void Add(TKey key, TValue value)
    {
        _values.Add(key, value);
        _order.Add(key);
    }

    internal bool TryAdd(TKey key, TValue value)
    {
        if (!_values.TryAdd(key, value))
        {
            return false;
        }
        _order.Add(key);
        return true;
    }

    public bool ContainsKey(TKey key) => _values.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);

    public bool Remove(TKey key) => _values.Remove(key) && _order.Remove(key);

    public void clear()
    {
        _order.Clear();
        _values.Clear();
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator() => _order.Select(key => (key, _values[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
