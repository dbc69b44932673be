// Endpoint --Model MODEL [--AtOnce N] [--urls http://127.0.0.1:5000]
//   curl --data-binary @rainy.jpg http://127.0.0.1:5000/derain -o clear.png
using NLCL.Runtime;
using NLCL.Samples.Endpoint;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string model = builder.Configuration["Model"] ?? throw new InvalidOperationException("Say which model: --Model models/nlcl.onnx");
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = Upload.MostBytes);
builder.Services.AddSingleton(_ => Derainer.Open(model));
builder.Services.AddSingleton(_ => new Turnstile(builder.Configuration.GetValue("AtOnce", 2)));

WebApplication application = builder.Build();
// Opened before the first request, so that a bad model stops the start.
Console.WriteLine(application.Services.GetRequiredService<Derainer>().Device);
application.MapGet("/device", (Derainer derainer) => derainer.Device.ToString());
application.MapPost("/derain", Upload.DerainAsync);
application.Run();
