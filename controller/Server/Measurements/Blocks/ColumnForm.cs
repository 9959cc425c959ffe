namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>How a column is written: the lowest two bits of its first byte. Stored: never change one.</summary>
internal enum ColumnForm
{
    /// <summary>One number of a decimal unit, for all.</summary>
    OneNumber = 0,

    /// <summary>Numbers of a decimal unit.</summary>
    Numbers = 1,

    /// <summary>The bits of each double that differ from the one before.</summary>
    Doubles = 2,

    /// <summary>One double, for all.</summary>
    OneDouble = 3,
}

/// <summary>What is written of numbers: the highest two bits of a column's first byte. Stored: never change one.</summary>
internal enum NumberOrder
{
    /// <summary>How far each lies above the lowest.</summary>
    Level = 0,

    /// <summary>How far each lies from the one before.</summary>
    Change = 1,

    /// <summary>By how much each change differs from the one before.</summary>
    ChangeOfChange = 2,

    /// <summary>How far each lies from that of a column which is read before.</summary>
    Reference = 3,
}
