using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>Identity's store and manager on a transaction's own context, so that what they write is one with what is written beside it.</summary>
internal sealed class GatedPeople(IdentityErrorDescriber describer, IDataProtectionProvider protection, IServiceProvider services)
{
    public PersonStore StoreOn(WriteSession session) => new(session.Db, protection, describer);

    /// <summary>Not to be disposed: it would dispose shared parts.</summary>
    public UserManager<Person> ManagerOn(WriteSession session) => ActivatorUtilities.CreateInstance<UserManager<Person>>(services, StoreOn(session));
}
