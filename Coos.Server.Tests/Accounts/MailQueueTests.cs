using Coos.Server.Accounts;
using Coos.Server.Configuration;
using MailKit.Security;

namespace Coos.Server.Tests.Accounts;

public sealed class MailQueueTests
{
    [Theory]
    [InlineData(465, false, SecureSocketOptions.SslOnConnect)]
    [InlineData(465, true, SecureSocketOptions.SslOnConnect)]
    [InlineData(587, false, SecureSocketOptions.StartTls)]
    [InlineData(25, false, SecureSocketOptions.StartTls)]
    [InlineData(25, true, SecureSocketOptions.StartTlsWhenAvailable)]
    public void Mail_is_sent_with_TLS_unless_the_settings_allow_plain_text(int port, bool allowsPlainText, SecureSocketOptions expected) =>
        Assert.Equal(
            expected,
            MailQueue.ChooseSecurity(new MailSettings("mail.example.org", port, null, null, "coos@example.org", allowsPlainText))
        );
}
