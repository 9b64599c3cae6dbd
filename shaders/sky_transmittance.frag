#version 330
// The share of light that comes from the air's end to a height, by distance and height.
#pragma include "lib/sky_model.glsl"
out vec4 color;

const int STEPS = 64;

void main() {
    vec2 at = (gl_FragCoord.xy - 0.5) / (SKY_TRANSMITTANCE - 1.0);
    float far = sqrt(SKY_TOP * (2.0 * SKY_GROUND + SKY_TOP));
    float rho = at.y * far;
    float height = rho * rho / (sqrt(rho * rho + SKY_GROUND * SKY_GROUND) + SKY_GROUND);
    float least = SKY_TOP - height;
    float end = least + at.x * (rho + far - least);
    float mu = 1.0;
    if (end > 0.0) {
        mu = (far * far - rho * rho - end * end) / (2.0 * (SKY_GROUND + height) * end);
        mu = clamp(mu, -1.0, 1.0);
    }
    vec3 depth = vec3(0.0);
    for (int i = 0; i < STEPS; i++) {
        float part = (float(i) + 0.5) / float(STEPS);
        float here = sky_rise(height, mu, end * part * part);
        depth += sky_medium(here).lost * end * float(2 * i + 1) / float(STEPS * STEPS);
    }
    color = vec4(exp(-depth), 1.0);
}
