using HaiSoft.Controller.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Requests;

/// <summary>A request as stored: what was asked for, which never changes.</summary>
internal sealed class RequestRow
{
    public long RequestNumber { get; init; }

    public required string CustomerId { get; init; }

    public required RequestKind Kind { get; init; }

    /// <summary>JSON.</summary>
    public required string Details { get; init; }

    public DateTimeOffset? WindowFromTime { get; init; }

    public DateTimeOffset? WindowUntilTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RequestRow>
    {
        public void Configure(EntityTypeBuilder<RequestRow> builder)
        {
            builder.ToTable("requests").HasKey(row => row.RequestNumber);
            builder.HasOne<CustomerRow>().WithMany().HasForeignKey(row => row.CustomerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A server that a request is for, as stored.</summary>
internal sealed class RequestServerRow
{
    public required long RequestNumber { get; init; }

    public required string ServerId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RequestServerRow>
    {
        public void Configure(EntityTypeBuilder<RequestServerRow> builder)
        {
            builder.ToTable("request_servers").HasKey(row => new { row.RequestNumber, row.ServerId });
            builder.HasOne<RequestRow>().WithMany().HasForeignKey(row => row.RequestNumber).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<ServerRow>().WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A version of a quote, as stored.</summary>
internal sealed class QuoteRow
{
    public required long RequestNumber { get; init; }

    public required int Version { get; init; }

    /// <summary>The exact text; never changes once it was sent.</summary>
    public required string Content { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<QuoteRow>
    {
        public void Configure(EntityTypeBuilder<QuoteRow> builder)
        {
            builder.ToTable("quotes").HasKey(row => new { row.RequestNumber, row.Version });
            builder.HasOne<RequestRow>().WithMany().HasForeignKey(row => row.RequestNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A step of a request, as stored; only ever added.</summary>
internal sealed class RequestEventRow
{
    public long EventId { get; init; }

    public required long RequestNumber { get; init; }

    public required RequestStep Step { get; init; }

    public required DateTimeOffset OccurredTime { get; init; }

    /// <summary>Who: "person:ID", "token:HASH" or "controller".</summary>
    public required string Actor { get; init; }

    /// <summary>Why, or what was done; empty where the step says it all.</summary>
    public required string Text { get; init; }

    /// <summary>The version of the quote that it is about; absent for none.</summary>
    public int? QuoteVersion { get; init; }

    /// <summary>SHA-256 of that version's exact text, in hexadecimal; empty for none.</summary>
    public required string QuoteHash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RequestEventRow>
    {
        public void Configure(EntityTypeBuilder<RequestEventRow> builder)
        {
            builder.ToTable("request_events").HasKey(row => row.EventId);
            builder.HasIndex(row => new { row.RequestNumber, row.EventId });
            builder.HasOne<RequestRow>().WithMany().HasForeignKey(row => row.RequestNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
