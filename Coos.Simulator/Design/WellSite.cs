namespace Coos.Simulator.Design;

/// <summary>One well.</summary>
/// <param name="Plate">The plate's number, from 0.</param>
/// <param name="Position">Where it lies on the plate: row x columns + column, from 0.</param>
/// <param name="Number">A number that no other well of any plate has: plate x wells of a plate + position.</param>
/// <param name="IsBorder">Whether it lies in the outermost rows or columns.</param>
/// <param name="Class">The class that grows in it.</param>
internal sealed record WellSite(int Plate, int Position, int Number, bool IsBorder, int Class);
