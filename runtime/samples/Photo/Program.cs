// Photo MODEL RAINY CLEAR: takes the rain out of one photo. Metadata of the photo goes over to the result.
using NLCL.Runtime;
using OpenCvSharp;

if (args is not [var model, var input, var output])
{
    Console.Error.WriteLine("usage: Photo MODEL RAINY CLEAR");
    return 2;
}
using Derainer derainer = Derainer.Open(model);
using Mat picture = PictureFile.Read(input);
derainer.Derain(picture, picture);
PictureFile.Write(output, picture, new() { MetadataFrom = input });
Console.WriteLine($"{picture.Width}x{picture.Height} on {derainer.Device}");
return 0;
