using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Samples.Endpoint;

/// <summary>POST /derain: the body is a picture file, the answer a PNG.</summary>
static class Upload
{
    public const long MostBytes = 64 << 20;

    public static async Task<IResult> DerainAsync(HttpRequest request, Derainer derainer, Turnstile turnstile, CancellationToken cancellation)
    {
        if (!await turnstile.EnterAsync(cancellation))
        {
            return Results.Text("busy, try again", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        // A file, because the library reads the header first and refuses what would not fit memory.
        string file = Path.GetTempFileName();
        try
        {
            await using (FileStream body = File.Create(file))
            {
                await request.Body.CopyToAsync(body, cancellation);
            }
            using Mat picture = PictureFile.Read(file);
            await derainer.DerainAsync(picture, picture, cancellation);
            Cv2.ImEncode(".png", picture, out byte[] png);
            return Results.Bytes(png, "image/png");
        }
        catch (PictureFileException refused)
        {
            return Results.Text(refused.Message.Replace(file, "the picture", StringComparison.Ordinal), statusCode: StatusCodes.Status415UnsupportedMediaType);
        }
        finally
        {
            File.Delete(file);
            turnstile.Leave();
        }
    }
}
