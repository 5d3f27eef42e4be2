namespace Coos.Web.Operations.Security;

/// <summary>Marks an API call that is also a file of pages, such as a picture. A page has many, so they do not count as calls.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class PageFileAttribute : Attribute;
