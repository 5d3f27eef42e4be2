namespace Coos.Simulator.Design;

/// <summary>One well.</summary>
/// <param name="Plate">The plate's number, from 0.</param>
/// <param name="Position">The position on the plate: row x columns + column, from 0.</param>
/// <param name="Number">The unique number of the well: plate x wells per plate + position.</param>
/// <param name="IsBorder">Whether it is in the outermost rows or columns.</param>
/// <param name="Class">The class that grows in it.</param>
internal sealed record WellSite(int Plate, int Position, int Number, bool IsBorder, int Class);
