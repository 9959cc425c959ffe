using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>What must hold for repositories.</summary>
internal static class RepositoryRules
{
    private const int LongestUrl = 512;

    public static void Find(Catalogue catalogue, Faults faults)
    {
        foreach ((int i, Repository repository) in catalogue.Repositories.Index())
            Find(repository, Faults.Item("repositories", i), faults);
        faults.UnlessDistinct(catalogue.Repositories.Select(repository => repository.RepositoryId), "repositories", ".repositoryId");
    }

    private static void Find(Repository repository, string path, Faults faults)
    {
        faults.Unless(Words.IsId(repository.RepositoryId), $"{path}.repositoryId", "is not lower-case letters, digits and hyphens.");
        faults.Unless(repository.BaseUrls.Count > 0, $"{path}.baseUrls", "has none: from where do its packages come?");
        foreach ((int i, string url) in repository.BaseUrls.Index())
            faults.Unless(IsBaseUrl(url), Faults.Item($"{path}.baseUrls", i), "is not https:// or http:// with a host, without user, query or fragment.");
        faults.UnlessDistinct(repository.BaseUrls, $"{path}.baseUrls");
        faults.Unless(repository.KeyFingerprints.Count > 0, $"{path}.keyFingerprints", "has none: by which key are its packages signed?");
        foreach ((int i, string fingerprint) in repository.KeyFingerprints.Index())
            faults.Unless(Words.IsFingerprint(fingerprint), Faults.Item($"{path}.keyFingerprints", i), "is not 40 or 64 upper-case hexadecimal digits without spaces.");
        faults.UnlessDistinct(repository.KeyFingerprints, $"{path}.keyFingerprints");
    }

    private static bool IsBaseUrl(string url) =>
        url.Length <= LongestUrl && url.All(c => c is > ' ' and <= '~' and not ('"' or '\'' or '\\' or '<' or '>' or '`' or '{' or '}'))
        && Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && !url.Contains('?', StringComparison.Ordinal) && !url.Contains('#', StringComparison.Ordinal);
}
