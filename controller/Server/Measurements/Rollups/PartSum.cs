namespace HaiSoft.Controller.Measurements.Rollups;

/// <summary>What the readings of a series over some time come to.</summary>
internal struct PartSum
{
    /// <summary>Readings; without any, nothing else means anything.</summary>
    public long Count { get; set; }

    public double Least { get; set; }

    public double Most { get; set; }

    public double Mean { get; set; }

    public double First { get; set; }

    public double Last { get; set; }

    /// <summary>What a counter had reached at each time that it began again, together.</summary>
    public double Lost { get; set; }

    /// <summary>What a counter grew by between the first and the last reading.</summary>
    public readonly double Increase => Last - First + Lost;

    /// <summary>Adds a later reading.</summary>
    public void Add(double value)
    {
        if (Count == 0)
        {
            this = new() { Count = 1, Least = value, Most = value, Mean = value, First = value, Last = value };
            return;
        }

        Count++;
        Least = Math.Min(Least, value);
        Most = Math.Max(Most, value);
        Mean += (value - Mean) / Count;
        Lost += value < Last ? Last : 0;
        Last = value;
    }

    /// <summary>Adds later readings.</summary>
    public void Add(in PartSum later)
    {
        if (Count == 0 || later.Count == 0)
        {
            this = Count == 0 ? later : this;
            return;
        }

        Least = Math.Min(Least, later.Least);
        Most = Math.Max(Most, later.Most);
        Mean += (later.Mean - Mean) * later.Count / (Count + later.Count);
        Lost += later.Lost + (later.First < Last ? Last : 0);
        Last = later.Last;
        Count += later.Count;
    }
}
